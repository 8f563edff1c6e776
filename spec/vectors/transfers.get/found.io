// A transfer is told as it was when it was opened, its URL included, as long as it waits.
>> {"jsonrpc":"2.0","id":1,"method":"blobs.download","params":{"ids":["e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"]}}
<< {"jsonrpc":"2.0","id":1,"result":{"id":"<transfer=hex32>","kind":"download","state":"pending","method":"GET","url":"<url=text>","createdAt":"<time>","expiresAt":"<time>","bytes":0,"totalBytes":0,"items":0,"totalItems":1}}
>> {"jsonrpc":"2.0","id":2,"method":"transfers.get","params":{"id":"<transfer>"}}
<< {"jsonrpc":"2.0","id":2,"result":{"id":"<transfer>","kind":"download","state":"pending","method":"GET","url":"<url>","createdAt":"<time>","expiresAt":"<time>","bytes":0,"totalBytes":0,"items":0,"totalItems":1}}
>> {"jsonrpc":"2.0","id":3,"method":"transfers.get","params":["<transfer>"]}
<< {"jsonrpc":"2.0","id":3,"result":{"id":"<transfer>","kind":"download","state":"pending","method":"GET","url":"<url>","createdAt":"<time>","expiresAt":"<time>","bytes":0,"totalBytes":0,"items":0,"totalItems":1}}

// Cancelled, it has no URL any more.
>> {"jsonrpc":"2.0","id":4,"method":"transfers.cancel","params":{"id":"<transfer>"}}
<< {"jsonrpc":"2.0","id":4,"result":{"id":"<transfer>","kind":"download","state":"cancelled","...":"<any>"}}
>> {"jsonrpc":"2.0","id":5,"method":"transfers.get","params":{"id":"<transfer>"}}
<< {"jsonrpc":"2.0","id":5,"result":{"id":"<transfer>","kind":"download","state":"cancelled","createdAt":"<time>","expiresAt":"<time>","endedAt":"<time>","bytes":0,"totalBytes":0,"items":0,"totalItems":1}}
