// The id says which digest is meant; the blob under its SHA-256 id is another.
>> {"jsonrpc":"2.0","id":1,"method":"blobs.put","params":{"data":"YmxvYnMucHV0OiBhIGJsb2IgdW5kZXIgaXRzIEJMQUtFMmIgaWQ=","id":"blake2b-94e273a6437d6e9e8838cf6aa3dfdbc533b7dcbda1f3f3201d9ff794db1cca31"}}
<< {"jsonrpc":"2.0","id":1,"result":{"id":"blake2b-94e273a6437d6e9e8838cf6aa3dfdbc533b7dcbda1f3f3201d9ff794db1cca31","size":38,"stored":true}}
>> {"jsonrpc":"2.0","id":2,"method":"blobs.has","params":{"ids":["blake2b-94e273a6437d6e9e8838cf6aa3dfdbc533b7dcbda1f3f3201d9ff794db1cca31","5259c806eb9b4b16d8cc9d5c36bd13d58cd5b7629e84c1235bd676231296109a"]}}
<< {"jsonrpc":"2.0","id":2,"result":{"present":["blake2b-94e273a6437d6e9e8838cf6aa3dfdbc533b7dcbda1f3f3201d9ff794db1cca31"],"missing":["5259c806eb9b4b16d8cc9d5c36bd13d58cd5b7629e84c1235bd676231296109a"]}}

// What was stored is taken away, so that this can be played again.
>> {"jsonrpc":"2.0","id":99,"method":"blobs.delete","params":{"ids":["blake2b-94e273a6437d6e9e8838cf6aa3dfdbc533b7dcbda1f3f3201d9ff794db1cca31"]}}
<< {"jsonrpc":"2.0","id":99,"result":{"results":[{"id":"blake2b-94e273a6437d6e9e8838cf6aa3dfdbc533b7dcbda1f3f3201d9ff794db1cca31","status":"deleted"}]}}
