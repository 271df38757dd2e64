import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { toEntries } from '../../domain/certificate-entry.ts';
import { daysLeft } from '../../domain/certificate-state.ts';
import { dateText, endText } from '../../domain/time-text.ts';
import { useApi } from '../../queries/api-context.ts';
import { certificatesQuery } from '../../queries/certificates.ts';
import { Card } from '../../ui/card.tsx';
import { CopyButton } from '../../ui/copy-button.tsx';
import { Link } from '../../ui/link.tsx';
import { Tag } from '../../ui/tag.tsx';
import css from './server-certificate.module.css';

/** Names that RavenDB gives to entries while it replaces a certificate; a cancelled replacement leaves them (contract §10.1). */
const madeForReplacing = new Set(['Server Certificate', 'Old Server Certificate - can delete']);

/** Certificates with the clearance of a cluster node beside the one that this node serves. */
export function NodeCertificates({
  pending,
}: {
  /** Thumbprint of the certificate that is being taken over. */ pending: string | null;
}) {
  const { data: list } = useQuery(certificatesQuery(useApi()));
  const [now] = useState(Date.now);
  const nodes =
    list === undefined
      ? []
      : toEntries(list).filter(
          ({ kind, thumbprint }) =>
            kind === 'node' || (kind === 'server' && thumbprint !== list.loadedServerThumbprint),
        );
  return (
    <Card className={css.card} aria-label="Other nodes">
      <h2>Other nodes</h2>
      {nodes.length === 0 ? (
        <p className={css.text}>
          No further certificate has the clearance of a cluster node: a cluster whose nodes share one certificate shows
          just that one.
        </p>
      ) : (
        <ul className={css.rows}>
          {nodes.map((node) => {
            const left = daysLeft(node, now);
            return (
              <li key={node.thumbprint} className={css.row}>
                <span className={css.rowTitle}>
                  {node.kind === 'server' ? (
                    node.name
                  ) : (
                    <Link to={`/certificates/${node.thumbprint}`}>{node.name || 'Without a name'}</Link>
                  )}
                </span>
                <span className={css.rowEnd}>
                  {node.kind === 'server' ? <Tag>For communication</Tag> : null}
                  {node.thumbprint === pending ? <Tag tone="accent">Being taken over</Tag> : null}
                  {left === null ? null : (
                    <Tag tone={left < 0 ? 'bad' : left < 30 ? 'warn' : 'neutral'}>{endText(left)}</Tag>
                  )}
                </span>
                <span className={css.rowMore}>
                  <span className={css.copyable}>
                    <code className={css.mono}>{node.thumbprint}</code>
                    <CopyButton compact label={`Copy thumbprint of ${node.name}`} text={node.thumbprint} />
                  </span>
                  {node.notAfter === null ? '' : `until ${dateText(node.notAfter)}`}
                  {madeForReplacing.has(node.name) && pending === null ? (
                    <span className={css.left}>
                      RavenDB makes entries of this name to replace a certificate, and none is being replaced now. If no
                      node uses it, delete it: it has a node’s rights.
                    </span>
                  ) : null}
                </span>
              </li>
            );
          })}
        </ul>
      )}
    </Card>
  );
}
