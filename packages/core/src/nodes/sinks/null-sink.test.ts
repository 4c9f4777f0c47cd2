import { describeSinkContract } from '../../testing/index.js';
import { NullSink } from './null-sink.js';

describeSinkContract('core.sink.null', () => new NullSink());
