/** A guidance question that was asked in a chat. */
export type Asked = {
  readonly question: string;
  /** The first passage shown in answer; undefined where none was. */
  readonly passage: string | undefined;
  /** Milliseconds since 1970. */
  readonly at: number;
};

/**
 * Carries what was asked to the other instances of a force, so that whichever meets the next question understands it as
 * a follow-up. Nothing is kept on the way, and what is lost on it is lost.
 */
export type SharedTalk = {
  /** Nobody waits for it. */
  readonly tell: (chat: string, asked: Asked) => void;
  readonly hear: (heard: (chat: string, asked: Asked) => void) => void;
};
