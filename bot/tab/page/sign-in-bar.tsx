import { Button, MessageBar, MessageBarActions, MessageBarBody } from '@fluentui/react-components';
import { useState } from 'react';
import { signInByHand, useNeedsSignIn } from './sign-in.js';
import { useWords } from './words/language.js';

/** Stands above the view while Teams wants to hear from the person: consent, or signing in anew. */
export function SignInBar({ done }: { readonly done: () => void }) {
  const isNeeded = useNeedsSignIn();
  const { frame } = useWords();
  const [problem, setProblem] = useState<string>();
  const [isAsking, setAsking] = useState(false);
  if (!isNeeded) return null;
  const signIn = async () => {
    setAsking(true);
    const failed = await signInByHand();
    setAsking(false);
    setProblem(failed);
    if (!failed) done();
  };
  return (
    <MessageBar intent="warning" layout="multiline" role="alert">
      <MessageBarBody>{problem ?? frame.signInNeeded}</MessageBarBody>
      <MessageBarActions>
        <Button size="small" disabledFocusable={isAsking} onClick={() => void signIn()}>
          {frame.signIn}
        </Button>
      </MessageBarActions>
    </MessageBar>
  );
}
