// The whole blob, and ranges of it. At or past the end the answer is empty.
>> {"jsonrpc":"2.0","id":1,"method":"blobs.put","params":{"data":"YmxvYnMuZ2V0OiAwMTIzNDU2Nzg5"}}
<< {"jsonrpc":"2.0","id":1,"result":{"id":"8d28d41f176e4cdd8f44d0a81fcaf386a861f02e4f3291540b21fd7f88cf80af","size":21,"stored":true}}
>> {"jsonrpc":"2.0","id":2,"method":"blobs.get","params":{"id":"8d28d41f176e4cdd8f44d0a81fcaf386a861f02e4f3291540b21fd7f88cf80af"}}
<< {"jsonrpc":"2.0","id":2,"result":{"id":"8d28d41f176e4cdd8f44d0a81fcaf386a861f02e4f3291540b21fd7f88cf80af","size":21,"offset":0,"data":"YmxvYnMuZ2V0OiAwMTIzNDU2Nzg5"}}
>> {"jsonrpc":"2.0","id":3,"method":"blobs.get","params":{"id":"8d28d41f176e4cdd8f44d0a81fcaf386a861f02e4f3291540b21fd7f88cf80af","offset":11}}
<< {"jsonrpc":"2.0","id":3,"result":{"id":"8d28d41f176e4cdd8f44d0a81fcaf386a861f02e4f3291540b21fd7f88cf80af","size":21,"offset":11,"data":"MDEyMzQ1Njc4OQ=="}}
>> {"jsonrpc":"2.0","id":4,"method":"blobs.get","params":{"id":"8d28d41f176e4cdd8f44d0a81fcaf386a861f02e4f3291540b21fd7f88cf80af","offset":11,"length":4}}
<< {"jsonrpc":"2.0","id":4,"result":{"id":"8d28d41f176e4cdd8f44d0a81fcaf386a861f02e4f3291540b21fd7f88cf80af","size":21,"offset":11,"data":"MDEyMw=="}}
>> {"jsonrpc":"2.0","id":5,"method":"blobs.get","params":{"id":"8d28d41f176e4cdd8f44d0a81fcaf386a861f02e4f3291540b21fd7f88cf80af","offset":20,"length":4}}
<< {"jsonrpc":"2.0","id":5,"result":{"id":"8d28d41f176e4cdd8f44d0a81fcaf386a861f02e4f3291540b21fd7f88cf80af","size":21,"offset":20,"data":"OQ=="}}
>> {"jsonrpc":"2.0","id":6,"method":"blobs.get","params":{"id":"8d28d41f176e4cdd8f44d0a81fcaf386a861f02e4f3291540b21fd7f88cf80af","offset":21}}
<< {"jsonrpc":"2.0","id":6,"result":{"id":"8d28d41f176e4cdd8f44d0a81fcaf386a861f02e4f3291540b21fd7f88cf80af","size":21,"offset":21,"data":""}}
>> {"jsonrpc":"2.0","id":7,"method":"blobs.get","params":{"id":"8d28d41f176e4cdd8f44d0a81fcaf386a861f02e4f3291540b21fd7f88cf80af","offset":9007199254740991,"length":1}}
<< {"jsonrpc":"2.0","id":7,"result":{"id":"8d28d41f176e4cdd8f44d0a81fcaf386a861f02e4f3291540b21fd7f88cf80af","size":21,"offset":9007199254740991,"data":""}}
>> {"jsonrpc":"2.0","id":8,"method":"blobs.get","params":{"id":"8d28d41f176e4cdd8f44d0a81fcaf386a861f02e4f3291540b21fd7f88cf80af","length":0}}
<< {"jsonrpc":"2.0","id":8,"result":{"id":"8d28d41f176e4cdd8f44d0a81fcaf386a861f02e4f3291540b21fd7f88cf80af","size":21,"offset":0,"data":""}}

// By position, with null for what is left out.
>> {"jsonrpc":"2.0","id":9,"method":"blobs.get","params":["8d28d41f176e4cdd8f44d0a81fcaf386a861f02e4f3291540b21fd7f88cf80af",null,5]}
<< {"jsonrpc":"2.0","id":9,"result":{"id":"8d28d41f176e4cdd8f44d0a81fcaf386a861f02e4f3291540b21fd7f88cf80af","size":21,"offset":0,"data":"YmxvYnM="}}

// What was stored is taken away, so that this can be played again.
>> {"jsonrpc":"2.0","id":99,"method":"blobs.delete","params":{"ids":["8d28d41f176e4cdd8f44d0a81fcaf386a861f02e4f3291540b21fd7f88cf80af"]}}
<< {"jsonrpc":"2.0","id":99,"result":{"results":[{"id":"8d28d41f176e4cdd8f44d0a81fcaf386a861f02e4f3291540b21fd7f88cf80af","status":"deleted"}]}}
