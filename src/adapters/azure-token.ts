/**
 * Gives a token of the machine's own identity, kept until shortly before it ends; rejects when there is no such
 * identity. Tried in order: what the AZURE_ variables name (a secret or certificate), a workload identity, a managed
 * identity. The package's longer chain would start developers' programs on a server.
 */
export function makeAzureToken(scope: string, authority: string | undefined) {
  let provider: Promise<() => Promise<string>> | undefined;
  return async (): Promise<string> => {
    provider ??= loadProvider(scope, authority);
    return (await provider)();
  };
}

async function loadProvider(scope: string, authority: string | undefined) {
  const {
    ChainedTokenCredential,
    EnvironmentCredential,
    ManagedIdentityCredential,
    WorkloadIdentityCredential,
    getBearerTokenProvider,
  } = await import('@azure/identity');
  const options = authority === undefined ? {} : { authorityHost: authority };
  const identity = new ChainedTokenCredential(
    new EnvironmentCredential(options),
    ...workload(() => new WorkloadIdentityCredential(options)),
    new ManagedIdentityCredential(options),
  );
  return getBearerTokenProvider(identity, scope);
}

/** A workload identity that is not set up throws when it is made. */
function workload<Credential>(make: () => Credential): readonly Credential[] {
  try {
    return [make()];
  } catch {
    return [];
  }
}
