// handlebars ships no types for its runtime alone; it is the part of the whole that can run compiled templates.
declare module 'handlebars/runtime.js' {
  import handlebars from 'handlebars'
  export default handlebars
}
