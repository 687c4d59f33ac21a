import { chooseLanguage, useLanguage, useWords } from './words/language.js';
import { languages } from './words/locales.js';

/** English or Welsh, each named in itself, so that whoever cannot read the page finds their own. */
export function LanguageSwitch() {
  const current = useLanguage();
  const { frame } = useWords();
  return (
    <ul className="languages" aria-label={frame.language}>
      {languages.map(({ language, name }) => (
        <li key={language}>
          <button
            type="button"
            className="plain"
            lang={language}
            aria-pressed={language === current}
            onClick={() => chooseLanguage(language)}
          >
            {name}
          </button>
        </li>
      ))}
    </ul>
  );
}
