// Flists in the order of account and name. Others may be there as well.
>> {"jsonrpc":"2.0","id":1,"method":"flists.put","params":{"name":"vector-list","account":"local","data":"H4sIAAAAAAACA8vMS0mt0Msoyc1hoBkwAAIzExMwDQTotIGBoQmDoamhoYGBkamBEUjc3NzUjEHBgIEOoLS4JLEIaCXDyARpOZnFJcV6IJKLYRSMglEwCkbBiAEAlc7nswAIAAA="}}
<< {"jsonrpc":"2.0","id":1,"result":{"flist":{"id":"<hex32>","account":"local","name":"vector-list","digest":"<hex64>","public":false,"complete":true,"fileBytes":"<integer>","inodes":2,"files":1,"bytes":12,"blocks":1,"blobs":1,"blobBytes":"<integer>","missingBlobs":0,"incompleteFiles":0,"createdAt":"<time>","updatedAt":"<time>"},"status":"created","storedBlobs":1,"storedBytes":"<integer>"}}
>> {"jsonrpc":"2.0","id":2,"method":"flists.list","params":{"account":"local","limit":1}}
<< {"jsonrpc":"2.0","id":2,"result":{"flists":"<list>","...":"<any>"}}
>> {"jsonrpc":"2.0","id":3,"method":"flists.list","params":{"cursor":"x"}}
<< {"jsonrpc":"2.0","id":3,"error":{"code":-32602,"message":"<text>","data":{"name":"invalidParams","pointer":"/cursor","reason":"<text>"}}}
>> {"jsonrpc":"2.0","id":4,"method":"flists.list","params":{"limit":0}}
<< {"jsonrpc":"2.0","id":4,"error":{"code":-32602,"message":"<text>","data":{"name":"invalidParams","pointer":"/limit","reason":"<text>"}}}
>> {"jsonrpc":"2.0","id":5,"method":"flists.delete","params":{"name":"vector-list","account":"local"}}
<< {"jsonrpc":"2.0","id":5,"result":{"flist":{"id":"<hex32>","account":"local","name":"vector-list","digest":"<hex64>","public":false,"complete":true,"fileBytes":"<integer>","inodes":2,"files":1,"bytes":12,"blocks":1,"blobs":1,"blobBytes":"<integer>","missingBlobs":0,"incompleteFiles":0,"createdAt":"<time>","updatedAt":"<time>"},"blobs":1,"bytes":"<integer>","keptBlobs":0,"deferred":false}}
