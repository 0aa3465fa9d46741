import { App } from 'cdktf';
import { WebStack } from './stack';

const app = new App({ stackTraces: false });
new WebStack(app, 'web', { owner: 'platform' });
app.synth();
