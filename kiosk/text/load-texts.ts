import type { Spoken } from "./languages.ts";
import type { Texts } from "./texts.ts";

const loaders: Record<Spoken, () => Promise<Texts>> = {
  en: () => import("./en.ts").then((module) => module.en),
  fr: () => import("./fr.ts").then((module) => module.fr),
};

const loaded = new Map<Spoken, Texts>();

/** The texts of a language, if they are here already. */
export function textsOf(language: Spoken): Texts | undefined {
  return loaded.get(language);
}

/** Fetches the texts of a language, so that the first screen waits for one language only. */
export async function loadTexts(language: Spoken): Promise<Texts> {
  const texts = loaded.get(language) ?? (await loaders[language]());
  loaded.set(language, texts);
  return texts;
}
