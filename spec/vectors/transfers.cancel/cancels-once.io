// A cancelled transfer is an end: cancelling it again changes nothing.
>> {"jsonrpc":"2.0","id":1,"method":"blobs.upload"}
<< {"jsonrpc":"2.0","id":1,"result":{"id":"<transfer=hex32>","kind":"upload","state":"pending","method":"PUT","url":"/transfers/<token>","createdAt":"<time>","expiresAt":"<time>","bytes":0,"items":0}}
>> {"jsonrpc":"2.0","id":2,"method":"transfers.cancel","params":{"id":"<transfer>"}}
<< {"jsonrpc":"2.0","id":2,"result":{"id":"<transfer>","kind":"upload","state":"cancelled","createdAt":"<time>","expiresAt":"<time>","endedAt":"<ended=time>","bytes":0,"items":0}}
>> {"jsonrpc":"2.0","id":3,"method":"transfers.cancel","params":["<transfer>"]}
<< {"jsonrpc":"2.0","id":3,"result":{"id":"<transfer>","kind":"upload","state":"cancelled","createdAt":"<time>","expiresAt":"<time>","endedAt":"<ended>","bytes":0,"items":0}}
