// Without wait the answer comes at once, and transfers.get tells how far the scrub is. A transfer that has ended is not changed by cancelling it.
>> {"jsonrpc":"2.0","id":1,"method":"blobs.scrub"}
<< {"jsonrpc":"2.0","id":1,"result":{"id":"<scrub=hex32>","kind":"scrub","state":"<running|completed>","createdAt":"<time>","...":"<any>"}}
>> {"jsonrpc":"2.0","id":2,"method":"transfers.get","params":{"id":"<scrub>"}}
<< {"jsonrpc":"2.0","id":2,"result":{"id":"<scrub>","kind":"scrub","state":"<running|completed>","createdAt":"<time>","...":"<any>"}}
>> {"jsonrpc":"2.0","id":3,"method":"transfers.cancel","params":{"id":"<scrub>"}}
<< {"jsonrpc":"2.0","id":3,"result":{"id":"<scrub>","kind":"scrub","state":"<completed|cancelled>","endedAt":"<time>","...":"<any>"}}
