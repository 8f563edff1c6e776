// Bytes that do not have the digest of the id are not stored, under neither id.
>> {"jsonrpc":"2.0","id":1,"method":"blobs.put","params":{"data":"YmxvYnMucHV0OiB0aGVzZSBieXRlcw==","id":"ef08732e91c90b2db67fa58a5b80c024093ff32230f6993e539279b933c2b8cf"}}
<< {"jsonrpc":"2.0","id":1,"error":{"code":422,"message":"<text>","data":{"name":"digestMismatch","id":"ef08732e91c90b2db67fa58a5b80c024093ff32230f6993e539279b933c2b8cf","actual":"9ccb47fd583f5e7e822367f287277edec4e34a908e84674369245bbe5f8e3142"}}}
>> {"jsonrpc":"2.0","id":2,"method":"blobs.has","params":{"ids":["9ccb47fd583f5e7e822367f287277edec4e34a908e84674369245bbe5f8e3142","ef08732e91c90b2db67fa58a5b80c024093ff32230f6993e539279b933c2b8cf"]}}
<< {"jsonrpc":"2.0","id":2,"result":{"present":[],"missing":["9ccb47fd583f5e7e822367f287277edec4e34a908e84674369245bbe5f8e3142","ef08732e91c90b2db67fa58a5b80c024093ff32230f6993e539279b933c2b8cf"]}}
