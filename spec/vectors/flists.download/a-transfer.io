// A flist may be fetched; it is not.
>> {"jsonrpc":"2.0","id":1,"method":"flists.put","params":{"name":"vector-download","account":"local","data":"H4sIAAAAAAACA8vMS0mt0Msoyc1hoBkwAAIzExMwDQTotIGBkQGDoamhIZBhCmIbGJibmxozKBgw0AGUFpckFgGtZBiZIC0ns7ikWC8lvzwvJz8xhYthFIyCUTAKRsGIAACaxUgIAAgAAA=="}}
<< {"jsonrpc":"2.0","id":1,"result":{"flist":{"id":"<hex32>","account":"local","name":"vector-download","digest":"<hex64>","public":false,"complete":true,"fileBytes":"<integer>","inodes":2,"files":1,"bytes":16,"blocks":1,"blobs":1,"blobBytes":"<integer>","missingBlobs":0,"incompleteFiles":0,"createdAt":"<time>","updatedAt":"<time>"},"status":"created","storedBlobs":1,"storedBytes":"<integer>"}}
>> {"jsonrpc":"2.0","id":2,"method":"flists.download","params":{"name":"vector-download","account":"local","format":"tarGz"}}
<< {"jsonrpc":"2.0","id":2,"result":{"id":"<id=hex32>","kind":"download","state":"pending","method":"GET","url":"/transfers/<token>","createdAt":"<time>","expiresAt":"<time>","bytes":0,"items":0}}
>> {"jsonrpc":"2.0","id":3,"method":"transfers.cancel","params":{"id":"<id>"}}
<< {"jsonrpc":"2.0","id":3,"result":{"id":"<id>","kind":"download","state":"cancelled","createdAt":"<time>","expiresAt":"<time>","endedAt":"<time>","bytes":0,"items":0}}
>> {"jsonrpc":"2.0","id":4,"method":"flists.download","params":{"name":"vector-download","account":"local","format":"zip"}}
<< {"jsonrpc":"2.0","id":4,"error":{"code":-32602,"message":"<text>","data":{"name":"invalidParams","pointer":"/format","reason":"<text>"}}}
>> {"jsonrpc":"2.0","id":5,"method":"flists.download","params":{"name":"no-such-flist","account":"local"}}
<< {"jsonrpc":"2.0","id":5,"error":{"code":404,"message":"<text>","data":{"name":"notFound","...":"<any>"}}}
>> {"jsonrpc":"2.0","id":6,"method":"flists.delete","params":{"name":"vector-download","account":"local"}}
<< {"jsonrpc":"2.0","id":6,"result":{"flist":{"id":"<hex32>","account":"local","name":"vector-download","digest":"<hex64>","public":false,"complete":true,"fileBytes":"<integer>","inodes":2,"files":1,"bytes":16,"blocks":1,"blobs":1,"blobBytes":"<integer>","missingBlobs":0,"incompleteFiles":0,"createdAt":"<time>","updatedAt":"<time>"},"blobs":1,"bytes":"<integer>","keptBlobs":0,"deferred":false}}
