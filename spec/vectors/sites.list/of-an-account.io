// Sites in the order of their addresses. Others may be there as well.
>> {"jsonrpc":"2.0","id":1,"method":"flists.put","params":{"name":"vector-sites","account":"local","data":"H4sIAAAAAAACA8vMS0mt0Msoyc1hoBkwAAIzExMwDQTotIGBoQmDoamhoYGBkamBEUjc3NzUjEHBgIEOoLS4JLEIaCXDyARpOZnFJcV6IJKLYRSMglEwCkbBiAEAlc7nswAIAAA="}}
<< {"jsonrpc":"2.0","id":1,"result":{"flist":{"id":"<hex32>","account":"local","name":"vector-sites","digest":"<hex64>","public":false,"complete":true,"fileBytes":"<integer>","inodes":2,"files":1,"bytes":12,"blocks":1,"blobs":1,"blobBytes":"<integer>","missingBlobs":0,"incompleteFiles":0,"createdAt":"<time>","updatedAt":"<time>"},"status":"created","storedBlobs":"<integer>","storedBytes":"<integer>"}}
>> {"jsonrpc":"2.0","id":2,"method":"sites.publish","params":{"flist":"vector-sites","account":"local","prefix":"/vector-sites"}}
<< {"jsonrpc":"2.0","id":2,"result":{"id":"<hex32>","account":"local","flist":"vector-sites","prefix":"/vector-sites","public":false,"index":false,"spa":false,"webdav":false,"createdAt":"<time>","updatedAt":"<time>"}}
>> {"jsonrpc":"2.0","id":3,"method":"sites.list","params":{"account":"local","flist":"vector-sites"}}
<< {"jsonrpc":"2.0","id":3,"result":{"sites":[{"id":"<hex32>","account":"local","flist":"vector-sites","prefix":"/vector-sites","public":false,"index":false,"spa":false,"webdav":false,"createdAt":"<time>","updatedAt":"<time>"}]}}
>> {"jsonrpc":"2.0","id":4,"method":"sites.list","params":{"limit":0}}
<< {"jsonrpc":"2.0","id":4,"error":{"code":-32602,"message":"<text>","data":{"name":"invalidParams","pointer":"/limit","reason":"<text>"}}}
>> {"jsonrpc":"2.0","id":5,"method":"sites.unpublish","params":{"address":"/vector-sites"}}
<< {"jsonrpc":"2.0","id":5,"result":{"id":"<hex32>","account":"local","flist":"vector-sites","prefix":"/vector-sites","public":false,"index":false,"spa":false,"webdav":false,"createdAt":"<time>","updatedAt":"<time>"}}
>> {"jsonrpc":"2.0","id":6,"method":"flists.delete","params":{"name":"vector-sites","account":"local"}}
<< {"jsonrpc":"2.0","id":6,"result":{"flist":{"id":"<hex32>","account":"local","name":"vector-sites","digest":"<hex64>","public":false,"complete":true,"fileBytes":"<integer>","inodes":2,"files":1,"bytes":12,"blocks":1,"blobs":1,"blobBytes":"<integer>","missingBlobs":0,"incompleteFiles":0,"createdAt":"<time>","updatedAt":"<time>"},"blobs":"<integer>","bytes":"<integer>","keptBlobs":"<integer>","deferred":false}}
