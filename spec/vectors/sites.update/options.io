// What is named changes, the rest stays.
>> {"jsonrpc":"2.0","id":1,"method":"flists.put","params":{"name":"vector-site-update","account":"local","data":"H4sIAAAAAAACA8vMS0mt0Msoyc1hoBkwAAIzExMwDQTotIGBoQmDoamhoYGBkamBEUjc3NzUjEHBgIEOoLS4JLEIaCXDyARpOZnFJcV6IJKLYRSMglEwCkbBiAEAlc7nswAIAAA="}}
<< {"jsonrpc":"2.0","id":1,"result":{"flist":{"id":"<hex32>","account":"local","name":"vector-site-update","digest":"<hex64>","public":false,"complete":true,"fileBytes":"<integer>","inodes":2,"files":1,"bytes":12,"blocks":1,"blobs":1,"blobBytes":"<integer>","missingBlobs":0,"incompleteFiles":0,"createdAt":"<time>","updatedAt":"<time>"},"status":"created","storedBlobs":"<integer>","storedBytes":"<integer>"}}
>> {"jsonrpc":"2.0","id":2,"method":"sites.publish","params":{"flist":"vector-site-update","account":"local","prefix":"/vector-site-update","index":true}}
<< {"jsonrpc":"2.0","id":2,"result":{"id":"<hex32>","account":"local","flist":"vector-site-update","prefix":"/vector-site-update","public":false,"index":true,"spa":false,"webdav":false,"createdAt":"<time>","updatedAt":"<time>"}}
>> {"jsonrpc":"2.0","id":3,"method":"sites.update","params":{"address":"/vector-site-update","public":true,"spa":true}}
<< {"jsonrpc":"2.0","id":3,"result":{"id":"<hex32>","account":"local","flist":"vector-site-update","prefix":"/vector-site-update","public":true,"index":true,"spa":true,"webdav":false,"createdAt":"<time>","updatedAt":"<time>"}}
>> {"jsonrpc":"2.0","id":4,"method":"sites.update","params":{"address":"/vector-site-update","flist":"absent","account":"local"}}
<< {"jsonrpc":"2.0","id":4,"error":{"code":404,"message":"<text>","data":{"name":"notFound","id":"local/absent","reason":"flist"}}}
>> {"jsonrpc":"2.0","id":5,"method":"sites.unpublish","params":{"address":"/vector-site-update"}}
<< {"jsonrpc":"2.0","id":5,"result":{"id":"<hex32>","account":"local","flist":"vector-site-update","prefix":"/vector-site-update","public":true,"index":true,"spa":true,"webdav":false,"createdAt":"<time>","updatedAt":"<time>"}}
>> {"jsonrpc":"2.0","id":6,"method":"flists.delete","params":{"name":"vector-site-update","account":"local"}}
<< {"jsonrpc":"2.0","id":6,"result":{"flist":{"id":"<hex32>","account":"local","name":"vector-site-update","digest":"<hex64>","public":false,"complete":true,"fileBytes":"<integer>","inodes":2,"files":1,"bytes":12,"blocks":1,"blobs":1,"blobBytes":"<integer>","missingBlobs":0,"incompleteFiles":0,"createdAt":"<time>","updatedAt":"<time>"},"blobs":"<integer>","bytes":"<integer>","keptBlobs":"<integer>","deferred":false}}
