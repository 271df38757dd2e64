/** The RavenDB that this node answers as. */
export const version = {
  header: '7.2.7.72051',
  build: { ProductVersion: '7.2', BuildVersion: 72051, CommitHash: '441f983', FullVersion: '7.2.7' },
} as const;
