// One flist, and one that is not there.
>> {"jsonrpc":"2.0","id":1,"method":"flists.put","params":{"name":"vector-get","account":"local","data":"H4sIAAAAAAACA8vMS0mt0Msoyc1hoBkwAAIzExMwDQTotIGBoTGDoamhoYGBkamBEUjc3NzUlEHBgIEOoLS4JLEIaCXDyARpOZnFJcV66aklXAyjYBSMglEwCkYOAAC1CFJzAAgAAA==","public":true}}
<< {"jsonrpc":"2.0","id":1,"result":{"flist":{"id":"<hex32>","account":"local","name":"vector-get","digest":"<hex64>","public":true,"complete":true,"fileBytes":"<integer>","inodes":2,"files":1,"bytes":11,"blocks":1,"blobs":1,"blobBytes":"<integer>","missingBlobs":0,"incompleteFiles":0,"createdAt":"<time>","updatedAt":"<time>"},"status":"created","storedBlobs":1,"storedBytes":"<integer>"}}
>> {"jsonrpc":"2.0","id":2,"method":"flists.get","params":{"name":"vector-get","account":"local"}}
<< {"jsonrpc":"2.0","id":2,"result":{"id":"<hex32>","account":"local","name":"vector-get","digest":"<hex64>","public":true,"complete":true,"fileBytes":"<integer>","inodes":2,"files":1,"bytes":11,"blocks":1,"blobs":1,"blobBytes":"<integer>","missingBlobs":0,"incompleteFiles":0,"createdAt":"<time>","updatedAt":"<time>"}}
>> {"jsonrpc":"2.0","id":3,"method":"flists.get","params":{"name":"no-such-flist","account":"local"}}
<< {"jsonrpc":"2.0","id":3,"error":{"code":404,"message":"<text>","data":{"name":"notFound","...":"<any>"}}}
>> {"jsonrpc":"2.0","id":4,"method":"flists.get","params":{"name":""}}
<< {"jsonrpc":"2.0","id":4,"error":{"code":-32602,"message":"<text>","data":{"name":"invalidParams","pointer":"/name","reason":"<text>"}}}
>> {"jsonrpc":"2.0","id":5,"method":"flists.delete","params":{"name":"vector-get","account":"local"}}
<< {"jsonrpc":"2.0","id":5,"result":{"flist":{"id":"<hex32>","account":"local","name":"vector-get","digest":"<hex64>","public":true,"complete":true,"fileBytes":"<integer>","inodes":2,"files":1,"bytes":11,"blocks":1,"blobs":1,"blobBytes":"<integer>","missingBlobs":0,"incompleteFiles":0,"createdAt":"<time>","updatedAt":"<time>"},"blobs":1,"bytes":"<integer>","keptBlobs":0,"deferred":false}}
