import { App } from 'aws-cdk-lib';
import { addAwsHosts } from './stacks/aws';

// The machines on AWS of the same environments; `cdk` passes no arguments on to the app, so they come by variable.
const app = new App();
addAwsHosts(app, { environment: process.env.BERTH_ENV });
app.synth();
