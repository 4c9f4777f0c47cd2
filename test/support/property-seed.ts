import fc from 'fast-check';

// fast-check prints seed and path of a failing case; a fixed seed makes the whole suite repeatable as well.
fc.configureGlobal({ ...fc.readConfigureGlobal(), seed: Number(process.env['KINEGRAPH_SEED']) });
