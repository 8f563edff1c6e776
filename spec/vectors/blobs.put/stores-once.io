// The first call stores the blob, the second finds it.
>> {"jsonrpc":"2.0","id":1,"method":"blobs.put","params":{"data":"YmxvYnMucHV0OiBhIGJsb2I="}}
<< {"jsonrpc":"2.0","id":1,"result":{"id":"72aa24247db9b252ecf38afa220ca6cc2bbbf65f685268a5c736009a4cefdc15","size":17,"stored":true}}
>> {"jsonrpc":"2.0","id":2,"method":"blobs.put","params":{"data":"YmxvYnMucHV0OiBhIGJsb2I="}}
<< {"jsonrpc":"2.0","id":2,"result":{"id":"72aa24247db9b252ecf38afa220ca6cc2bbbf65f685268a5c736009a4cefdc15","size":17,"stored":false}}
>> {"jsonrpc":"2.0","id":3,"method":"blobs.put","params":["YmxvYnMucHV0OiBhIGJsb2I=","72aa24247db9b252ecf38afa220ca6cc2bbbf65f685268a5c736009a4cefdc15"]}
<< {"jsonrpc":"2.0","id":3,"result":{"id":"72aa24247db9b252ecf38afa220ca6cc2bbbf65f685268a5c736009a4cefdc15","size":17,"stored":false}}
>> {"jsonrpc":"2.0","id":4,"method":"blobs.get","params":{"id":"72aa24247db9b252ecf38afa220ca6cc2bbbf65f685268a5c736009a4cefdc15"}}
<< {"jsonrpc":"2.0","id":4,"result":{"id":"72aa24247db9b252ecf38afa220ca6cc2bbbf65f685268a5c736009a4cefdc15","size":17,"offset":0,"data":"YmxvYnMucHV0OiBhIGJsb2I="}}

// What was stored is taken away, so that this can be played again.
>> {"jsonrpc":"2.0","id":99,"method":"blobs.delete","params":{"ids":["72aa24247db9b252ecf38afa220ca6cc2bbbf65f685268a5c736009a4cefdc15"]}}
<< {"jsonrpc":"2.0","id":99,"result":{"results":[{"id":"72aa24247db9b252ecf38afa220ca6cc2bbbf65f685268a5c736009a4cefdc15","status":"deleted"}]}}
