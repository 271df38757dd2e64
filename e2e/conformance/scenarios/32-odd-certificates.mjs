export const about = 'Dates that cannot be read, X.509 version 1, no subject.';
/** DER that tools trip over: its key isn't needed. */
const odd = {
  badmonth:
    'MIIBUzCB+6ADAgECAhBAAiH4VcTX7jVNiyQDsLWpMAoGCCqGSM49BAMCMBMxETAPBgNVBAMMCGJhZG1vbnRoMB4XDTIwMDEwMTAwMDAwMFoXDTM2MTMwMTAwMDAwMFowEzERMA8GA1UEAwwIYmFkbW9udGgwWTATBgcqhkjOPQIBBggqhkjOPQMBBwNCAAQ9o8ZjBSnJlmauDHAWMnmimiy0M0TUq8zYKN6lZXP3/94TpU8O++Hsgjjh4CiLB3UJ86NKQ+unKqMXxMVG3ERCozEwLzAOBgNVHQ8BAf8EBAMCB4AwHQYDVR0lBBYwFAYIKwYBBQUHAwEGCCsGAQUFBwMCMAoGCCqGSM49BAMCA0cAMEQCIFPZt9k5VmgQdrK/g8qCwUenmevBdFW2rbPwfav5s0DoAiA4ibPHHqWn+DQSfKw6xO9jX59paR9aqiQ+VE+b/D9YYg==',
  nozone:
    'MIIBUDCB+KADAgECAhBAlGhULCZLpXLu7d6rnnM5MAoGCCqGSM49BAMCMBExDzANBgNVBAMMBm5vem9uZTAfGA4yMDIwMDEwMTAwMDAwMBcNNDkxMjMxMjM1OTU5WjARMQ8wDQYDVQQDDAZub3pvbmUwWTATBgcqhkjOPQIBBggqhkjOPQMBBwNCAAT9SqDvk1+9T2aFlBirgX+avp/MNdJfokIjBXsO2z873pN8PgsGQxCJnQgxbcPFq4vCmBAeBHToXPb09skPmwJnozEwLzAOBgNVHQ8BAf8EBAMCB4AwHQYDVR0lBBYwFAYIKwYBBQUHAwEGCCsGAQUFBwMCMAoGCCqGSM49BAMCA0cAMEQCIBczZ9xsI3N6/WAx74Ecy7Oifw/OaqTlvRM+7t04MuSLAiB80GXJB0sZ/dIK5MzKKim97wS9jmf1TxOe5Cqq0b2CwA==',
  yearzero:
    'MIIBVTCB/aADAgECAhBAn3twvT2Unmpl8QXlGJhwMAoGCCqGSM49BAMCMBMxETAPBgNVBAMMCHllYXJ6ZXJvMCAYDzAwMDAwMTAxMDAwMDAwWhcNNDkxMjMxMjM1OTU5WjATMREwDwYDVQQDDAh5ZWFyemVybzBZMBMGByqGSM49AgEGCCqGSM49AwEHA0IABINwxqYlo4ZIR67HbsRPzbJCqSw+218797kuFZ++tL7PSVLwd7aSNxblUOnTRlL+ZZvutUpUFn+MQ7OZr5/wtRejMTAvMA4GA1UdDwEB/wQEAwIHgDAdBgNVHSUEFjAUBggrBgEFBQcDAQYIKwYBBQUHAwIwCgYIKoZIzj0EAwIDRwAwRAIgKrrKiCWcJ3cxzw01r6D3WJ/OPWnfePphxKBsww/eV8kCIHFgYHPayYN/nbd5+HnW2RyS3ZRndgyh1vcXYlacR+M1',
  offset:
    'MIIBVDCB+6ADAgECAhBAiWh3xoRWYJ9Wd8tXlf8JMAoGCCqGSM49BAMCMBExDzANBgNVBAMMBm9mZnNldDAiFw0yMDAxMDEwMDAwMDBaFxEzNjAxMDEwMDAwMDArMDEwMDARMQ8wDQYDVQQDDAZvZmZzZXQwWTATBgcqhkjOPQIBBggqhkjOPQMBBwNCAARnOgf8rQZvgAujaNnH9HE9Y4Ll2+Odh7JIsg6+s/jgihcRr+BMey08iIrbX+m13EGeroK9KVaikFFUsCbXQeDDozEwLzAOBgNVHQ8BAf8EBAMCB4AwHQYDVR0lBBYwFAYIKwYBBQUHAwEGCCsGAQUFBwMCMAoGCCqGSM49BAMCA0gAMEUCIHD0WOmz11hyHYmmbFp73OaWG6/JW6oHsU7PGZa5wyX2AiEAjBGSooU7pfRpCWRzt1OY94H2xD1pl0TV7F6nwBBrXGE=',
  wide: 'MIIBUDCB96ADAgECAhBAioebzoCKdFTSJGr7zInuMAoGCCqGSM49BAMCMA8xDTALBgNVBAMMBHdpZGUwIhgPMDAwMTAxMDEwMDAwMDBaGA85OTk5MTIzMTIzNTk1OVowDzENMAsGA1UEAwwEd2lkZTBZMBMGByqGSM49AgEGCCqGSM49AwEHA0IABNFe3U5tWPuPRxRcKQgomOFDtyRLClj3cJCzhQU0DxUWMwnpz+23fkTfpPox2LQ7R5cOReiv/bWDBWA7Q3Nla6mjMTAvMA4GA1UdDwEB/wQEAwIHgDAdBgNVHSUEFjAUBggrBgEFBQcDAQYIKwYBBQUHAwIwCgYIKoZIzj0EAwIDSAAwRQIgLO+0IQlyT4RbTJfUlgaWjANBdIVCDsAjE6zlbl9Tuy4CIQCiF9J0Lo/Zp6yva9ZZEpqr29yentyX3lLgYVirJLCItA==',
  nameless:
    'MIIBTjCB9aADAgECAhBAUkedd8VG7Mvy2G9J0IskMAoGCCqGSM49BAMCMAAwHhcNMjAwMTAxMDAwMDAwWhcNNDkxMjMxMjM1OTU5WjAAMFkwEwYHKoZIzj0CAQYIKoZIzj0DAQcDQgAEfxp+3pSYD2xwCAziVkkJ/3nXGZQu1jY8DiZiwLkjq0H1XyrMILs0b05DECnMrhG3da/VoNDBk2jA4oBHlr6d36NRME8wDgYDVR0PAQH/BAQDAgeAMB0GA1UdJQQWMBQGCCsGAQUFBwMBBggrBgEFBQcDAjAeBgNVHREBAf8EFDASghBuYW1lbGVzcy5leGFtcGxlMAoGCCqGSM49BAMCA0gAMEUCIQDt7dTehoja6Gb6QBjI4/sBH7MdtSkT0nAI9xQkLF13hwIgLXZJS6tFyiSFj6S904fHJTFOCnwsEIUQqPS5RBD9mvw=',
};
const put = (name, clearance = 'ValidUser') => ({
  name: `put ${name}`,
  method: 'PUT',
  path: '/admin/certificates',
  json: { Name: name, Certificate: odd[name] ?? `{{cert.${name}.der}}`, SecurityClearance: clearance, Permissions: {} },
});
const use = (as) => ({ name: `${as} lists`, as, path: '/admin/certificates?metadataOnly=true&pageSize=0' });
const list = (name, n) => ({
  name,
  path: '/admin/certificates?metadataOnly=true&secondary=true',
  headers: { 'Raven-Studio-Version': '7' },
  until: { path: 'Results.length', equals: n },
  unordered: 'Results',
});
export default [
  put('badmonth'),
  put('nozone'),
  put('yearzero'),
  put('offset'),
  list('none of them is there', 1),
  put('wide', 'Operator'),
  list('from the first year to the last', 2),
  put('nameless', 'Operator'),
  use('v1b'),
  put('v1a', 'Operator'),
  list('all version 1 certificates have one hash', 4),
  use('v1b'),
  list('another of version 1 was taken over', 5),
];
