import { Type } from "typebox";

const closed = { additionalProperties: false } as const;

const MediaType = Type.String({
  pattern: "^[a-z]+/[a-z0-9.+-]+$",
  description: "It is a media type such as application/pdf.",
});

/** A program for devices that take no PDF, as a person writes it. */
export const ConverterInput = Type.Object(
  {
    from: MediaType,
    to: MediaType,
    command: Type.Array(Type.String({ minLength: 1, maxLength: 1024 }), {
      minItems: 1,
      maxItems: 64,
      description:
        "The program by its full path, then its arguments; {in} and {out} stand for the files.",
    }),
  },
  {
    ...closed,
    description: "A program that makes of a document what a device takes, run within limits.",
  },
);
