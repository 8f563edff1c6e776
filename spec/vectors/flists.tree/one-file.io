// The root is told when it is asked for itself; below it, what is in it.
>> {"jsonrpc":"2.0","id":1,"method":"flists.put","params":{"name":"vector-tree","account":"local","data":"H4sIAAAAAAACA8vMS0mt0Msoyc1hoBkwAAIzExMwDQTotIGBoQmDoamhoYGBkamBEUjc3NzUjEHBgIEOoLS4JLEIaCXDyARpOZnFJcV6JUWpqVwMo2AUjIJRMApGDAAA5g1zDQAIAAA="}}
<< {"jsonrpc":"2.0","id":1,"result":{"flist":{"id":"<hex32>","account":"local","name":"vector-tree","digest":"<d=hex64>","public":false,"complete":true,"fileBytes":"<integer>","inodes":2,"files":1,"bytes":12,"blocks":1,"blobs":1,"blobBytes":"<integer>","missingBlobs":0,"incompleteFiles":0,"createdAt":"<time>","updatedAt":"<time>"},"status":"created","storedBlobs":1,"storedBytes":"<integer>"}}
>> {"jsonrpc":"2.0","id":2,"method":"flists.tree","params":{"name":"vector-tree","account":"local"}}
<< {"jsonrpc":"2.0","id":2,"result":{"digest":"<d>","entries":[{"path":"/index.html","kind":"file","size":12,"mode":420,"uid":0,"gid":0,"modifiedAt":"2025-11-21T09:00:00Z"}]}}
>> {"jsonrpc":"2.0","id":3,"method":"flists.tree","params":{"name":"vector-tree","account":"local","path":"index.html"}}
<< {"jsonrpc":"2.0","id":3,"result":{"digest":"<d>","entries":[{"path":"/index.html","kind":"file","size":12,"mode":420,"uid":0,"gid":0,"modifiedAt":"2025-11-21T09:00:00Z"}]}}
>> {"jsonrpc":"2.0","id":4,"method":"flists.tree","params":{"name":"vector-tree","account":"local","path":"absent"}}
<< {"jsonrpc":"2.0","id":4,"error":{"code":404,"message":"<text>","data":{"name":"notFound","...":"<any>"}}}
>> {"jsonrpc":"2.0","id":5,"method":"flists.tree","params":{"name":"vector-tree","account":"local","cursor":"x"}}
<< {"jsonrpc":"2.0","id":5,"error":{"code":-32602,"message":"<text>","data":{"name":"invalidParams","pointer":"/cursor","reason":"<text>"}}}
>> {"jsonrpc":"2.0","id":6,"method":"flists.delete","params":{"name":"vector-tree","account":"local"}}
<< {"jsonrpc":"2.0","id":6,"result":{"flist":{"id":"<hex32>","account":"local","name":"vector-tree","digest":"<hex64>","public":false,"complete":true,"fileBytes":"<integer>","inodes":2,"files":1,"bytes":12,"blocks":1,"blobs":1,"blobBytes":"<integer>","missingBlobs":0,"incompleteFiles":0,"createdAt":"<time>","updatedAt":"<time>"},"blobs":1,"bytes":"<integer>","keptBlobs":0,"deferred":false}}
