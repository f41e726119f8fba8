// What the page is better for and does without: a file dropped anywhere on it, and how far a long one is.
const form = document.querySelector("form[data-send]");
const file = form?.querySelector("input[type=file]");
const progress = form?.querySelector("progress");
const said = form?.querySelector("[role=status]");

/** Shows what the answer says in place of what is there, and lets it be heard. */
function show(html) {
  const answer = new DOMParser().parseFromString(html, "text/html");
  const main = answer.querySelector("main");
  if (main === null) return false;
  document.querySelector("main")?.replaceWith(main);
  main.querySelector("[role=alert]")?.scrollIntoView();
  return true;
}

function send() {
  const request = new XMLHttpRequest();
  request.upload.onprogress = ({ loaded, total }) => {
    const percent = total === 0 ? 0 : Math.floor((100 * loaded) / total);
    if (percent === Math.floor(progress.value)) return;
    progress.value = percent;
    said.textContent =
      loaded === total ? form.dataset.counting : form.dataset.sent.replace("{percent}", percent);
  };
  request.onload = () => {
    if (request.status === 200) location.assign(request.responseURL);
    else if (!show(request.responseText)) broken();
  };
  const broken = () => {
    progress.hidden = true;
    said.textContent = form.dataset.broken;
    form.querySelector(".main").disabled = false;
  };
  request.onerror = broken;
  request.open("POST", form.action);
  const fields = new FormData(form);
  progress.hidden = false;
  form.querySelector(".main").disabled = true;
  request.send(fields);
}

if (form && file && progress && said) {
  form.addEventListener("submit", (event) => {
    if (file.files.length === 0) return;
    event.preventDefault();
    send();
  });
  addEventListener("dragover", (event) => {
    event.preventDefault();
    file.classList.add("file-over");
  });
  addEventListener("dragleave", () => file.classList.remove("file-over"));
  addEventListener("drop", (event) => {
    event.preventDefault();
    file.classList.remove("file-over");
    if (event.dataTransfer.files.length > 0) file.files = event.dataTransfer.files;
  });
}
