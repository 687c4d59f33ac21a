import { Button, Field, Textarea } from '@fluentui/react-components';
import { Problem } from './parts.js';
import { useWords } from './words/language.js';

/** A form of one note, saved or put aside. What is wrong with it is said by the page, in its own words. */
export function NoteForm(given: {
  /** What the form is about, for screen readers. */
  readonly name: string;
  readonly label: string;
  readonly most: number;
  readonly note: string;
  readonly problem: string | undefined;
  readonly onChange: (note: string) => void;
  readonly onSave: () => void;
  readonly onCancel: () => void;
}) {
  const { frame } = useWords();
  const { name, label, most, note, problem, onChange, onSave, onCancel } = given;
  return (
    <form
      noValidate
      aria-label={name}
      onSubmit={(event) => {
        event.preventDefault();
        onSave();
      }}
    >
      <Field label={label} required>
        <Textarea
          autoFocus
          rows={2}
          maxLength={most}
          value={note}
          onChange={(_, { value }) => onChange(value)}
        />
      </Field>
      {problem && <Problem words={problem} />}
      <p className="buttons">
        <Button type="submit" size="small" appearance="primary">
          {frame.save}
        </Button>
        <Button size="small" onClick={onCancel}>
          {frame.cancel}
        </Button>
      </p>
    </form>
  );
}
