// The parameters of the requests that are our own, which come from any client: read before they are used.

import { ErrorCodes, ResponseError, type Position } from 'vscode-languageserver/node';
import {
  resourceAtRequest,
  resourcePlaceRequest,
  runPlanRequest,
  s3OutputRequest,
  type ResourceAtParams,
  type ResourcesParams,
  type RunPlanParams,
  type S3OutputParams,
} from '../../../shared/protocol/requests';

/** Clients that know of no `since` ask for everything. */
export function readResourcesParams(params: unknown): ResourcesParams {
  const since: unknown = typeof params === 'object' && params !== null && 'since' in params ? params.since : undefined;
  return typeof since === 'string' ? { since } : {};
}

export function readRunPlanParams(params: unknown): RunPlanParams {
  const { id, engine, upstream, limit } = membersOf<RunPlanParams>(runPlanRequest.method, params);
  const wrong = (what: string): ResponseError => wrongParams(runPlanRequest.method, what);
  if (typeof id !== 'string') throw wrong('"id" must be a string');
  if (engine !== 'local' && engine !== 'emr') throw wrong('"engine" must be "local" or "emr"');
  if (typeof upstream !== 'boolean') throw wrong('"upstream" must be true or false');
  if (limit === undefined || limit === null) return { id, engine, upstream };
  if (typeof limit !== 'number' || !Number.isInteger(limit) || limit < 0) throw wrong('"limit" must be a whole number');
  return { id, engine, upstream, limit };
}

export function readPlaceParams(params: unknown): ResourceAtParams {
  const { textDocument, position } = membersOf<ResourceAtParams>(resourceAtRequest.method, params);
  const uri = (textDocument as { readonly uri?: unknown } | null | undefined)?.uri;
  if (typeof uri !== 'string') throw wrongParams(resourceAtRequest.method, '"textDocument" must have a "uri"');
  if (!isPosition(position)) throw wrongParams(resourceAtRequest.method, '"position" must have a "line" and a "character"');
  return { textDocument: { uri }, position };
}

export function readKey(params: unknown): string {
  const { key } = membersOf<{ readonly key: string }>(resourcePlaceRequest.method, params);
  if (typeof key !== 'string') throw wrongParams(resourcePlaceRequest.method, '"key" must be a string');
  return key;
}

export function readS3OutputParams(params: unknown): S3OutputParams {
  const { id } = membersOf<S3OutputParams>(s3OutputRequest.method, params);
  if (typeof id !== 'string') throw wrongParams(s3OutputRequest.method, '"id" must be a string');
  return { id };
}

function membersOf<Params>(method: string, params: unknown): Partial<Record<keyof Params, unknown>> {
  if (typeof params !== 'object' || params === null) throw wrongParams(method, 'parameters are missing');
  return params;
}

function wrongParams(method: string, what: string): ResponseError {
  return new ResponseError(ErrorCodes.InvalidParams, `${method}: ${what}`);
}

function isPosition(value: unknown): value is Position {
  if (typeof value !== 'object' || value === null) return false;
  const { line, character } = value as Partial<Record<keyof Position, unknown>>;
  return isIndex(line) && isIndex(character);
}

function isIndex(value: unknown): boolean {
  return typeof value === 'number' && Number.isInteger(value) && value >= 0;
}
