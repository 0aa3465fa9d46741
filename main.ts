import { berthApp } from './stacks';

// cdktf passes no arguments on to the app, so the environment comes by variable.
berthApp({ environment: process.env.BERTH_ENV });
