// An archive of one file, twice: the second time nothing is stored.
>> {"jsonrpc":"2.0","id":1,"method":"flists.put","params":{"name":"vector-put","account":"local","data":"H4sIAAAAAAACA8vMS0mt0Msoyc1hoBkwAAIzExMwDQTotIGBkSmDoamhIYhhYAQSNzc3M2BQMGCgAygtLkksAlrJMDJBWk5mcUmxXkFpiZVCfl6qQkFieioXwygYBaNgFIyC4Q4A+fEBwwAIAAA="}}
<< {"jsonrpc":"2.0","id":1,"result":{"flist":{"id":"<hex32>","account":"local","name":"vector-put","digest":"<d=hex64>","public":false,"complete":true,"fileBytes":"<integer>","inodes":2,"files":1,"bytes":21,"blocks":1,"blobs":1,"blobBytes":"<integer>","missingBlobs":0,"incompleteFiles":0,"createdAt":"<time>","updatedAt":"<time>"},"status":"created","storedBlobs":1,"storedBytes":"<integer>"}}
>> {"jsonrpc":"2.0","id":2,"method":"flists.put","params":{"name":"vector-put","account":"local","data":"H4sIAAAAAAACA8vMS0mt0Msoyc1hoBkwAAIzExMwDQTotIGBkSmDoamhIYhhYAQSNzc3M2BQMGCgAygtLkksAlrJMDJBWk5mcUmxXkFpiZVCfl6qQkFieioXwygYBaNgFIyC4Q4A+fEBwwAIAAA="}}
<< {"jsonrpc":"2.0","id":2,"result":{"flist":{"id":"<hex32>","account":"local","name":"vector-put","digest":"<d>","public":false,"complete":true,"fileBytes":"<integer>","inodes":2,"files":1,"bytes":21,"blocks":1,"blobs":1,"blobBytes":"<integer>","missingBlobs":0,"incompleteFiles":0,"createdAt":"<time>","updatedAt":"<time>"},"status":"unchanged","storedBlobs":0,"storedBytes":"<integer>"}}

// Another content, wanted by somebody who knows only an older one.
>> {"jsonrpc":"2.0","id":3,"method":"flists.put","params":{"name":"vector-put","account":"local","data":"H4sIAAAAAAACA+3NQQqAIBCF4Vl3Ck8gY2VCtxGyEqwkJ+j4Wcv2taj5Nj+8zfNz53Y50hTgMZg1dX01uxexUqC0UoilxvLcjdEaBMILtkR2zZfwT33wiZKMG7XCzguNbhXRDq4AxhhjX3YA/Bt7kQAIAAA=","ifMatch":"none"}}
<< {"jsonrpc":"2.0","id":3,"error":{"code":412,"message":"<text>","data":{"name":"preconditionFailed","...":"<any>"}}}
>> {"jsonrpc":"2.0","id":4,"method":"flists.put","params":{"name":"vector-put","account":"local","data":"H4sIAAAAAAACA+3NQQqAIBCF4Vl3Ck8gY2VCtxGyEqwkJ+j4Wcv2taj5Nj+8zfNz53Y50hTgMZg1dX01uxexUqC0UoilxvLcjdEaBMILtkR2zZfwT33wiZKMG7XCzguNbhXRDq4AxhhjX3YA/Bt7kQAIAAA=","ifMatch":"<d>"}}
<< {"jsonrpc":"2.0","id":4,"result":{"flist":{"id":"<hex32>","account":"local","name":"vector-put","digest":"<hex64>","public":false,"complete":true,"fileBytes":"<integer>","inodes":2,"files":1,"bytes":25,"blocks":1,"blobs":1,"blobBytes":"<integer>","missingBlobs":0,"incompleteFiles":0,"createdAt":"<time>","updatedAt":"<time>"},"status":"replaced","storedBlobs":1,"storedBytes":"<integer>"}}

// What is no archive, an archive that was cut off, an account that is not there, a name that is none.
>> {"jsonrpc":"2.0","id":5,"method":"flists.put","params":{"name":"vector-put","account":"local","data":"bm8gYXJjaGl2ZQ=="}}
<< {"jsonrpc":"2.0","id":5,"error":{"code":-32602,"message":"<text>","data":{"name":"invalidParams","pointer":"","reason":"<text>"}}}
>> {"jsonrpc":"2.0","id":6,"method":"flists.put","params":{"name":"vector-put","account":"local","data":""}}
<< {"jsonrpc":"2.0","id":6,"error":{"code":-32602,"message":"<text>","data":{"name":"invalidParams","pointer":"","reason":"<text>"}}}
>> {"jsonrpc":"2.0","id":7,"method":"flists.put","params":{"name":"vector-put","account":"nobody-here","data":"H4sIAAAAAAACA+3NQQqAIBCF4Vl3Ck8gY2VCtxGyEqwkJ+j4Wcv2taj5Nj+8zfNz53Y50hTgMZg1dX01uxexUqC0UoilxvLcjdEaBMILtkR2zZfwT33wiZKMG7XCzguNbhXRDq4AxhhjX3YA/Bt7kQAIAAA="}}
<< {"jsonrpc":"2.0","id":7,"error":{"code":404,"message":"<text>","data":{"name":"notFound","...":"<any>"}}}
>> {"jsonrpc":"2.0","id":8,"method":"flists.put","params":{"name":"../x","account":"local","data":"H4sIAAAAAAACA+3NQQqAIBCF4Vl3Ck8gY2VCtxGyEqwkJ+j4Wcv2taj5Nj+8zfNz53Y50hTgMZg1dX01uxexUqC0UoilxvLcjdEaBMILtkR2zZfwT33wiZKMG7XCzguNbhXRDq4AxhhjX3YA/Bt7kQAIAAA="}}
<< {"jsonrpc":"2.0","id":8,"error":{"code":-32602,"message":"<text>","data":{"name":"invalidParams","pointer":"/name","reason":"<text>"}}}
>> {"jsonrpc":"2.0","id":9,"method":"flists.delete","params":{"name":"vector-put","account":"local"}}
<< {"jsonrpc":"2.0","id":9,"result":{"flist":{"id":"<hex32>","account":"local","name":"vector-put","digest":"<hex64>","public":false,"complete":true,"fileBytes":"<integer>","inodes":2,"files":1,"bytes":25,"blocks":1,"blobs":1,"blobBytes":"<integer>","missingBlobs":0,"incompleteFiles":0,"createdAt":"<time>","updatedAt":"<time>"},"blobs":1,"bytes":"<integer>","keptBlobs":0,"deferred":false}}
