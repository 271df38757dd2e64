import { route, type Route } from '../http/exchange.ts';
import { json } from '../http/reply.ts';
import { deleteCertificate, purgeCertificates } from './delete.ts';
import { editCertificate } from './edit.ts';
import { exportCertificates, exportForCommunication } from './export.ts';
import { generateCertificate } from './generate.ts';
import { readHistory } from './history-route.ts';
import { listCertificates } from './list.ts';
import { applyLocalState, deleteLocalState, listLocalState } from './local-state.ts';
import { refreshCertificate, forceRenew, renewalDate } from './renew.ts';
import { replaceServerCertificate, replacementStatus, resetReplacement } from './replace.ts';
import { fetchSsoServer, putSsoUser } from './sso-routes.ts';
import { uploadCertificate } from './upload.ts';
import { whoAmI } from './whoami.ts';

const at = '/admin/certificates';
const cors = { cors: true } as const;

export const certificateRoutes: readonly Route[] = [
  route('GET', at, 'Operator', listCertificates),
  route('POST', at, 'Operator', generateCertificate),
  route('PUT', at, 'Operator', uploadCertificate),
  route('DELETE', at, 'Operator', deleteCertificate),
  route('DELETE', `${at}/purge`, 'Operator', purgeCertificates),
  route('POST', `${at}/edit`, 'Operator', editCertificate),
  route('GET', '/certificates/whoami', 'UnauthenticatedClients', whoAmI),
  route('GET', `${at}/export`, 'Operator', exportCertificates),
  route('GET', `${at}/for-communication/export`, 'Operator', exportForCommunication),
  route('PUT', `${at}/sso/user`, 'Operator', putSsoUser),
  route('GET', `${at}/sso/server/fetch`, 'ClusterAdmin', fetchSsoServer),
  route('GET', `${at}/mode`, 'ClusterAdmin', ({ node }) => json({ SetupMode: node.setupMode() })),
  route('GET', `${at}/cluster-domains`, 'ClusterAdmin', ({ node }) =>
    json({ ClusterDomains: [new URL(node.publicUrl).hostname] }),
  ),
  route('POST', `${at}/replace-cluster-cert`, 'ClusterAdmin', replaceServerCertificate, cors),
  route('GET', `${at}/replacement/status`, 'ClusterAdmin', replacementStatus),
  route('POST', `${at}/replacement/reset`, 'ClusterAdmin', resetReplacement),
  route('GET', `${at}/letsencrypt/renewal-date`, 'ClusterAdmin', renewalDate),
  route('POST', `${at}/letsencrypt/force-renew`, 'ClusterAdmin', forceRenew, cors),
  route('POST', `${at}/refresh`, 'ClusterAdmin', refreshCertificate, cors),
  route('GET', `${at}/local-state`, 'Operator', listLocalState),
  route('DELETE', `${at}/local-state`, 'ClusterAdmin', deleteLocalState),
  route('POST', `${at}/local-state/apply`, 'ClusterAdmin', applyLocalState),
];

/** Of our own: absent when the node is to answer exactly as RavenDB. */
export const ownCertificateRoutes: readonly Route[] = [route('GET', `${at}/history`, 'Operator', readHistory)];
