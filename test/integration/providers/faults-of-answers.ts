import { ProviderError } from '@contract/errors'
import { head, whole } from '@test/helpers/raw-server'
import { bytes, deep, error, json, page } from './fault-answers'
import { byChance, lasting, ofTheKey } from './fault-consequences'
import { worded, stay, row, type Fault } from './fault'

const {
  Unreachable,
  TimedOut,
  Unauthorized,
  PaymentRequired,
  RateLimited,
  Overloaded,
  ServerFailed,
  BadAnswer,
  ModelNotFound,
  ContextExceeded,
  Refused,
  RequestRejected,
  Blocked,
} = ProviderError
const SLOW = { 'retry-after': '600' }

/** Something between Fabula and the provider answers in its place. None of it is the key's fault. */
export const others: readonly Fault[] = [
  row('a sign-in page under 200', page(200), lasting(BadAnswer)),
  row('a sign-in page that says it is text', page(200, {}, 'text/plain'), lasting(BadAnswer)),
  row('a page under 401', page(401), lasting(Blocked, 401)),
  row('a page under 402', page(402), lasting(Blocked, 402)),
  row('a page under 403', page(403), lasting(Blocked, 403)),
  row('a page under 451', page(451), lasting(Blocked, 451)),
  row('a page under 502', page(502), byChance(ServerFailed, 502)),
  row('a page under 503', page(503), byChance(Overloaded, 503)),
  row('a page under 511', page(511), lasting(Blocked, 511)),
  row(
    'a page that asks for a password',
    page(401, { 'www-authenticate': 'Basic' }),
    ofTheKey(Unauthorized, 401, 'invalid')
  ),
  row(
    'a redirect to another host',
    bytes(...whole(302, '', 'text/html', { location: 'http://login.invalid/' })),
    lasting(Unreachable)
  ),
  row('a 403 without a word', bytes(...whole(403, '')), lasting(Blocked, 403)),
  row('a 403 of a firewall', error(403, 'Request not allowed', 'forbidden'), lasting(Blocked, 403)),
  row(
    'a 403 for the region',
    error(403, 'Country, region, or territory not supported', 'unsupported_country_region_territory'),
    lasting(Blocked, 403)
  ),
]

/** What the provider itself says. */
export const statuses: readonly Fault[] = [
  row('401', error(401, 'No auth credentials found'), ofTheKey(Unauthorized, 401, 'invalid')),
  row('402', error(402, 'Insufficient credits'), ofTheKey(PaymentRequired, 402, 'exhausted')),
  row('403 for the key', error(403, 'Your API key may not do this'), ofTheKey(Unauthorized, 403, 'invalid')),
  row(
    '403 for a key that is spent',
    error(403, 'Key limit exceeded (total limit)'),
    ofTheKey(PaymentRequired, 403, 'exhausted')
  ),
  row('403 by a word', error(403, 'No', 'permission_error'), ofTheKey(Unauthorized, 403, 'invalid'), worded),
  row('404 for the model', error(404, 'The model `x` does not exist'), lasting(ModelNotFound, 404)),
  row('404 for the path', json(404, { detail: 'Not Found' }), lasting(RequestRejected, 404)),
  row(
    '400 for a long prompt',
    error(400, 'the request exceeds the available context size'),
    lasting(ContextExceeded, 400, 'contextOverflow')
  ),
  row('408', error(408, 'Timed out'), byChance(TimedOut, 408)),
  row('413', error(413, 'Payload too large'), lasting(ContextExceeded, 413, 'contextOverflow')),
  row('429', error(429, 'Slow down'), ofTheKey(RateLimited, 429, 'cooling')),
  row('429 with a time', error(429, 'Slow down', undefined, SLOW), ofTheKey(RateLimited, 429, 'cooling')),
  row(
    '429 for an empty account',
    error(429, 'Quota', 'insufficient_quota'),
    ofTheKey(PaymentRequired, 429, 'exhausted'),
    worded
  ),
  row('500', error(500, 'Boom'), byChance(ServerFailed, 500)),
  row('500 without a word', bytes(...whole(500, '')), byChance(ServerFailed, 500)),
  row('500 whose body never comes', bytes(head(500, { 'content-length': '500' }), stay), byChance(ServerFailed, 500)),
  row('500 whose body never ends', bytes(head(500), { forever: 'x'.repeat(10_000) }), byChance(ServerFailed, 500)),
  row('500 with errors inside errors', bytes(...whole(500, deep('{"error":', '}', '1'))), byChance(ServerFailed, 500)),
  row('500 with lists inside lists', bytes(...whole(500, deep('[', ']', ''))), byChance(ServerFailed, 500)),
  row('503', error(503, 'Busy'), byChance(Overloaded, 503)),
  row('503 with a time', error(503, 'Busy', undefined, SLOW), ofTheKey(Overloaded, 503, 'cooling')),
  row('529', error(529, 'Overloaded'), byChance(Overloaded, 529)),
  row(
    'a refusal by moderation',
    error(403, 'Flagged', 'content_policy_violation'),
    lasting(Refused, 403, 'refusals'),
    worded
  ),
]
