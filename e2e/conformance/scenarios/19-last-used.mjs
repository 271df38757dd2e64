export const about = 'Where the time of last use is found.';
const put = (n, clearance) => ({
  name: `put ${n}`,
  method: 'PUT',
  path: '/admin/certificates',
  json: { Name: n, Certificate: `{{cert.${n}.der}}`, SecurityClearance: clearance, Permissions: {} },
});
const skip = [
  'UpTime',
  'StartUpTime',
  'LastRequestTime',
  'LastAuthorizedNonClusterAdminRequestTime',
  'LastRequestTimePerCertificate',
];
export default [
  put('heidi', 'Operator'),
  { name: 'before', path: '/admin/stats', ignore: skip },
  { name: 'heidi asks', as: 'heidi', path: '/admin/certificates?pageSize=0&metadataOnly=true' },
  { name: 'heidi reads the statistics', as: 'heidi', path: '/admin/stats', ignore: skip },
  { name: 'after', path: '/admin/stats', ignore: skip },
  { name: 'no such route', path: '/certificates/last-used' },
  { name: 'a user reads', as: 'stranger', path: '/admin/stats' },
  { name: 'delete heidi', method: 'DELETE', path: '/admin/certificates?thumbprint={{cert.heidi.thumbprint}}' },
  { name: 'after deleting', path: '/admin/stats', ignore: skip },
];
