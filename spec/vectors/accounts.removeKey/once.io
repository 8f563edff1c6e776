// A key is removed once.
>> {"jsonrpc":"2.0","id":1,"method":"accounts.create","params":{"name":"vector-remove-key","role":"user","publicKey":"ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIOBSIdOfwp0B8r/Fz/gkNfqNE/pJ3xESyFSHWcdWOH7J","label":""}}
<< {"jsonrpc":"2.0","id":1,"result":{"name":"vector-remove-key","role":"user","disabled":false,"createdAt":"<time>","updatedAt":"<time>","keys":[{"fingerprint":"SHA256:HVFdFQ7w/GPxptWTkFpGlGs6Bd2zuqnuWxTh6AAdvG8","publicKey":"ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIOBSIdOfwp0B8r/Fz/gkNfqNE/pJ3xESyFSHWcdWOH7J","label":"","addedAt":"<time>"}]}}
>> {"jsonrpc":"2.0","id":2,"method":"accounts.removeKey","params":{"name":"vector-remove-key","fingerprint":"SHA256:HVFdFQ7w/GPxptWTkFpGlGs6Bd2zuqnuWxTh6AAdvG8"}}
<< {"jsonrpc":"2.0","id":2,"result":{"name":"vector-remove-key","role":"user","disabled":false,"createdAt":"<time>","updatedAt":"<time>","keys":[]}}
>> {"jsonrpc":"2.0","id":3,"method":"accounts.removeKey","params":{"name":"vector-remove-key","fingerprint":"SHA256:HVFdFQ7w/GPxptWTkFpGlGs6Bd2zuqnuWxTh6AAdvG8"}}
<< {"jsonrpc":"2.0","id":3,"error":{"code":404,"message":"<text>","data":{"name":"notFound","...":"<any>"}}}

// Taken away again.
>> {"jsonrpc":"2.0","id":4,"method":"accounts.delete","params":{"name":"vector-remove-key"}}
<< {"jsonrpc":"2.0","id":4,"result":{"name":"vector-remove-key","role":"user","disabled":false,"createdAt":"<time>","updatedAt":"<time>","keys":[]}}
