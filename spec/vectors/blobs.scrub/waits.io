// With wait the answer comes when every blob was read.
>> {"jsonrpc":"2.0","id":1,"method":"blobs.scrub","params":{"wait":true}}
<< {"jsonrpc":"2.0","id":1,"result":{"id":"<hex32>","kind":"scrub","state":"completed","createdAt":"<time>","expiresAt":"<time>","endedAt":"<time>","bytes":"<integer>","totalBytes":"<integer>","items":"<integer>","totalItems":"<integer>","corrupt":[],"corruptItems":0}}
>> {"jsonrpc":"2.0","id":2,"method":"blobs.scrub","params":[true]}
<< {"jsonrpc":"2.0","id":2,"result":{"id":"<hex32>","kind":"scrub","state":"completed","createdAt":"<time>","expiresAt":"<time>","endedAt":"<time>","bytes":"<integer>","totalBytes":"<integer>","items":"<integer>","totalItems":"<integer>","corrupt":[],"corruptItems":0}}
