// A blob that nothing references is found, and removed when that is asked for.
>> {"jsonrpc":"2.0","id":1,"method":"blobs.put","params":{"data":"YmxvYnMuY29sbGVjdDogbm9ib2R5IG5lZWRzIHRoaXM="}}
<< {"jsonrpc":"2.0","id":1,"result":{"id":"e8f53d3ef946d1e5cd57d07edbf1bf8a0aa2cb128f2384aa33e51646dc1b1f6b","size":32,"stored":true}}
>> {"jsonrpc":"2.0","id":2,"method":"blobs.collect","params":{"dryRun":true,"prefix":"e8f53d3ef946d1e5cd57d07edbf1bf8a0aa2cb128f2384aa33e51646dc1b1f6b","minAgeSeconds":0}}
<< {"jsonrpc":"2.0","id":2,"result":{"blobs":1,"bytes":32,"examples":["e8f53d3ef946d1e5cd57d07edbf1bf8a0aa2cb128f2384aa33e51646dc1b1f6b"],"removed":false}}
>> {"jsonrpc":"2.0","id":3,"method":"blobs.collect","params":{"dryRun":false,"prefix":"e8f53d3ef946d1e5cd57d07edbf1bf8a0aa2cb128f2384aa33e51646dc1b1f6b","minAgeSeconds":0}}
<< {"jsonrpc":"2.0","id":3,"result":{"blobs":1,"bytes":32,"examples":["e8f53d3ef946d1e5cd57d07edbf1bf8a0aa2cb128f2384aa33e51646dc1b1f6b"],"removed":true}}
>> {"jsonrpc":"2.0","id":4,"method":"blobs.collect","params":{"dryRun":false,"prefix":"e8f53d3ef946d1e5cd57d07edbf1bf8a0aa2cb128f2384aa33e51646dc1b1f6b","minAgeSeconds":0}}
<< {"jsonrpc":"2.0","id":4,"result":{"blobs":0,"bytes":0,"examples":[],"removed":false}}
>> {"jsonrpc":"2.0","id":5,"method":"blobs.collect","params":{}}
<< {"jsonrpc":"2.0","id":5,"error":{"code":-32602,"message":"<text>","data":{"name":"invalidParams","pointer":"/dryRun","reason":"<text>"}}}
>> {"jsonrpc":"2.0","id":6,"method":"blobs.collect","params":{"dryRun":true,"prefix":"../"}}
<< {"jsonrpc":"2.0","id":6,"error":{"code":-32602,"message":"<text>","data":{"name":"invalidParams","pointer":"/prefix","reason":"<text>"}}}
