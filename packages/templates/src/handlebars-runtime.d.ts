// handlebars ships no types for its runtime alone; it is the part of the whole that can run compiled templates.
declare module 'handlebars/runtime.js' {
  export interface HelperOptions {
    loc: { start: { line: number } }
  }
  interface Runtime {
    helpers: { each: (this: unknown, value: unknown, options: HelperOptions) => unknown }
    template(compiled: object): (context: object, options: { helpers: object }) => string
  }
  const runtime: Runtime
  export default runtime
}
