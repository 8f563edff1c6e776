// Who may see it.
>> {"jsonrpc":"2.0","id":1,"method":"flists.put","params":{"name":"vector-update","account":"local","data":"H4sIAAAAAAACA8vMS0mt0Msoyc1hoBkwAAIzExMwDQTotIGBoRmDoamhoYGBkamBEUjc3NzMgEHBgIEOoLS4JLEIaCXDyARpOZnFJcV6pQUpiSWpXAyjYBSMglEwCkYIAACB2bjzAAgAAA=="}}
<< {"jsonrpc":"2.0","id":1,"result":{"flist":{"id":"<hex32>","account":"local","name":"vector-update","digest":"<hex64>","public":false,"complete":true,"fileBytes":"<integer>","inodes":2,"files":1,"bytes":14,"blocks":1,"blobs":1,"blobBytes":"<integer>","missingBlobs":0,"incompleteFiles":0,"createdAt":"<time>","updatedAt":"<time>"},"status":"created","storedBlobs":1,"storedBytes":"<integer>"}}
>> {"jsonrpc":"2.0","id":2,"method":"flists.update","params":{"name":"vector-update","account":"local","public":true}}
<< {"jsonrpc":"2.0","id":2,"result":{"id":"<hex32>","account":"local","name":"vector-update","digest":"<hex64>","public":true,"complete":true,"fileBytes":"<integer>","inodes":2,"files":1,"bytes":14,"blocks":1,"blobs":1,"blobBytes":"<integer>","missingBlobs":0,"incompleteFiles":0,"createdAt":"<time>","updatedAt":"<time>"}}
>> {"jsonrpc":"2.0","id":3,"method":"flists.update","params":{"name":"vector-update","account":"local"}}
<< {"jsonrpc":"2.0","id":3,"error":{"code":-32602,"message":"<text>","data":{"name":"invalidParams","pointer":"/public","reason":"<text>"}}}
>> {"jsonrpc":"2.0","id":4,"method":"flists.update","params":{"name":"no-such-flist","account":"local","public":true}}
<< {"jsonrpc":"2.0","id":4,"error":{"code":404,"message":"<text>","data":{"name":"notFound","...":"<any>"}}}
>> {"jsonrpc":"2.0","id":5,"method":"flists.delete","params":{"name":"vector-update","account":"local"}}
<< {"jsonrpc":"2.0","id":5,"result":{"flist":{"id":"<hex32>","account":"local","name":"vector-update","digest":"<hex64>","public":true,"complete":true,"fileBytes":"<integer>","inodes":2,"files":1,"bytes":14,"blocks":1,"blobs":1,"blobBytes":"<integer>","missingBlobs":0,"incompleteFiles":0,"createdAt":"<time>","updatedAt":"<time>"},"blobs":1,"bytes":"<integer>","keptBlobs":0,"deferred":false}}
