/**
 * `@fastify/static` (CommonJS) requires this package, which is an ES module: Node can, Jest before Node 24.9 cannot.
 * So Jest is given what Node itself loads.
 */
module.exports = process.getBuiltinModule('node:module').createRequire(__filename)('content-disposition')
