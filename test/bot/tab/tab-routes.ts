import type { Router } from 'express';

/** Every route of a router, its own routers among them, as `GET /reviews/:id`. */
export function routesOf(router: Router): readonly string[] {
  return router.stack.flatMap((layer) => {
    const { route, handle } = layer as unknown as Layer;
    if (route) return Object.keys(route.methods).map((one) => `${one.toUpperCase()} ${route.path}`);
    return 'stack' in handle ? routesOf(handle) : [];
  });
}

/** What the router's types do not name. */
type Layer = {
  readonly route?: { readonly path: string; readonly methods: Readonly<Record<string, boolean>> };
  readonly handle: Router | (() => void);
};

const some = '00000000-0000-4000-8000-00000000dead';

/** The address a route is asked at, with somebody's ids in it. */
export function addressOf(route: string): { readonly method: string; readonly path: string } {
  const [method = '', path = ''] = route.split(' ');
  const filled = path.replace(':version', '1').replace(':key', 'some-key').replace(/:\w+/g, some);
  return { method, path: filled };
}
