// A flist is shown below a path and on a domain. While it is, it cannot be deleted, and the addresses are taken.
>> {"jsonrpc":"2.0","id":1,"method":"flists.put","params":{"name":"vector-publish","account":"local","data":"H4sIAAAAAAACA8vMS0mt0Msoyc1hoBkwAAIzExMwDQTotIGBoQmDoamhoYGBkamBEUjc3NzUjEHBgIEOoLS4JLEIaCXDyARpOZnFJcV6IJKLYRSMglEwCkbBiAEAlc7nswAIAAA="}}
<< {"jsonrpc":"2.0","id":1,"result":{"flist":{"id":"<hex32>","account":"local","name":"vector-publish","digest":"<hex64>","public":false,"complete":true,"fileBytes":"<integer>","inodes":2,"files":1,"bytes":12,"blocks":1,"blobs":1,"blobBytes":"<integer>","missingBlobs":0,"incompleteFiles":0,"createdAt":"<time>","updatedAt":"<time>"},"status":"created","storedBlobs":"<integer>","storedBytes":"<integer>"}}
>> {"jsonrpc":"2.0","id":2,"method":"sites.publish","params":{"flist":"vector-publish","account":"local","prefix":"/vector-publish/","public":true,"index":true}}
<< {"jsonrpc":"2.0","id":2,"result":{"id":"<hex32>","account":"local","flist":"vector-publish","prefix":"/vector-publish","public":true,"index":true,"spa":false,"webdav":false,"createdAt":"<time>","updatedAt":"<time>"}}
>> {"jsonrpc":"2.0","id":3,"method":"sites.publish","params":{"flist":"vector-publish","account":"local","domain":"Vector-Publish.example.org","webdav":true}}
<< {"jsonrpc":"2.0","id":3,"result":{"id":"<hex32>","account":"local","flist":"vector-publish","domain":"vector-publish.example.org","public":false,"index":false,"spa":false,"webdav":true,"createdAt":"<time>","updatedAt":"<time>"}}
>> {"jsonrpc":"2.0","id":4,"method":"sites.publish","params":{"flist":"vector-publish","account":"local","prefix":"/vector-publish"}}
<< {"jsonrpc":"2.0","id":4,"error":{"code":409,"message":"<text>","data":{"name":"conflict","id":"/vector-publish","reason":"<text>"}}}
>> {"jsonrpc":"2.0","id":5,"method":"flists.delete","params":{"name":"vector-publish","account":"local"}}
<< {"jsonrpc":"2.0","id":5,"error":{"code":409,"message":"<text>","data":{"name":"conflict","id":"local/vector-publish","reason":"published"}}}
>> {"jsonrpc":"2.0","id":6,"method":"sites.unpublish","params":{"address":"/vector-publish"}}
<< {"jsonrpc":"2.0","id":6,"result":{"id":"<hex32>","account":"local","flist":"vector-publish","prefix":"/vector-publish","public":true,"index":true,"spa":false,"webdav":false,"createdAt":"<time>","updatedAt":"<time>"}}
>> {"jsonrpc":"2.0","id":7,"method":"sites.unpublish","params":{"address":"vector-publish.example.org"}}
<< {"jsonrpc":"2.0","id":7,"result":{"id":"<hex32>","account":"local","flist":"vector-publish","domain":"vector-publish.example.org","public":false,"index":false,"spa":false,"webdav":true,"createdAt":"<time>","updatedAt":"<time>"}}
>> {"jsonrpc":"2.0","id":8,"method":"flists.delete","params":{"name":"vector-publish","account":"local"}}
<< {"jsonrpc":"2.0","id":8,"result":{"flist":{"id":"<hex32>","account":"local","name":"vector-publish","digest":"<hex64>","public":false,"complete":true,"fileBytes":"<integer>","inodes":2,"files":1,"bytes":12,"blocks":1,"blobs":1,"blobBytes":"<integer>","missingBlobs":0,"incompleteFiles":0,"createdAt":"<time>","updatedAt":"<time>"},"blobs":"<integer>","bytes":"<integer>","keptBlobs":"<integer>","deferred":false}}
