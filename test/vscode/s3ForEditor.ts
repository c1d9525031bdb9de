// What the runners of the editor's suites, which are no TypeScript, need of the S3 server of the tests.

export { motoPython } from '../support/motoEnvironment';
export { S3Server, testKeys } from '../support/s3Server';
