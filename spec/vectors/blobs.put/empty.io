// The empty blob always exists, so it is never stored.
>> {"jsonrpc":"2.0","id":1,"method":"blobs.put","params":{"data":""}}
<< {"jsonrpc":"2.0","id":1,"result":{"id":"e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855","size":0,"stored":false}}
>> {"jsonrpc":"2.0","id":2,"method":"blobs.put","params":{"data":"","id":"blake2b-0e5751c026e543b2e8ab2eb06099daa1d1e5df47778f7787faab45cdf12fe3a8"}}
<< {"jsonrpc":"2.0","id":2,"result":{"id":"blake2b-0e5751c026e543b2e8ab2eb06099daa1d1e5df47778f7787faab45cdf12fe3a8","size":0,"stored":false}}
