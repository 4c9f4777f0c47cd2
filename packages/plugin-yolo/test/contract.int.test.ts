import { fileURLToPath } from 'node:url';
import { describePluginContract } from '@kinegraph/core/testing';
import { schemas } from '../src/schemas.js';

describePluginContract({ folder: fileURLToPath(new URL('..', import.meta.url)), schemas });
