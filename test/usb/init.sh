#!/bin/busybox sh
# First program of the guest: puts the modules in, makes the host's files its own (read-only, so that
# it sees the project and its Node), and runs what it was told to. Results go out at the second serial
# port, everything else at the first.
/bin/busybox --install -s /bin
export PATH=/bin
mount -t proc proc /proc
mount -t sysfs sys /sys
mount -t devtmpfs dev /dev
while read -r name; do
  insmod "/modules/$name.ko" || echo "guest: the module $name could not be put in"
done < /modules/order
mount -t configfs config /sys/kernel/config
mount -t 9p -o trans=virtio,version=9p2000.L,msize=524288,cache=loose,ro host /host
for part in dev proc sys; do mount --rbind "/$part" "/host/$part"; done
mount -t tmpfs run /host/run
mkdir -p /host/run/home
stty -F /dev/ttyS1 raw
# The kernel hands `guest_run=` of its command line on as a variable: base64 of a line for the shell.
line=$(echo "$guest_run" | base64 -d)
chroot /host /usr/bin/env -i PATH=/usr/sbin:/usr/bin:/sbin:/bin HOME=/run/home TMPDIR=/run/home \
  /bin/sh -c "$line" < /dev/null > /dev/ttyS1
echo "guest: ended with $?" > /dev/ttyS1
poweroff -f
