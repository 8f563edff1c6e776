// A prefix may be the whole id, or end anywhere in it.
>> {"jsonrpc":"2.0","id":1,"method":"blobs.put","params":{"data":"YmxvYnMubGlzdDogb25l"}}
<< {"jsonrpc":"2.0","id":1,"result":{"id":"a2bdc120d2ab1449ba6411112cf84ef602f88a39411db8b9205b898690585817","size":15,"stored":true}}
>> {"jsonrpc":"2.0","id":2,"method":"blobs.list","params":{"prefix":"a2bdc120d2ab1449ba6411112cf84ef602f88a39411db8b9205b898690585817"}}
<< {"jsonrpc":"2.0","id":2,"result":{"blobs":[{"id":"a2bdc120d2ab1449ba6411112cf84ef602f88a39411db8b9205b898690585817","size":15,"storedAt":"<time>"}]}}
>> {"jsonrpc":"2.0","id":3,"method":"blobs.list","params":{"prefix":"a2bdc120d2ab1449ba6411112cf84ef602f88a394"}}
<< {"jsonrpc":"2.0","id":3,"result":{"blobs":[{"id":"a2bdc120d2ab1449ba6411112cf84ef602f88a39411db8b9205b898690585817","size":15,"storedAt":"<time>"}]}}

// No id starts like this.
>> {"jsonrpc":"2.0","id":4,"method":"blobs.list","params":{"prefix":"0000000000000000000000000000000000000000000000000000000000000000"}}
<< {"jsonrpc":"2.0","id":4,"result":{"blobs":[]}}
>> {"jsonrpc":"2.0","id":5,"method":"blobs.list","params":{"prefix":"sha256-"}}
<< {"jsonrpc":"2.0","id":5,"result":{"blobs":[]}}

// Null counts as left out.
>> {"jsonrpc":"2.0","id":6,"method":"blobs.list","params":{"prefix":"a2bdc120d2ab1449ba6411112cf84ef602f88a39411db8b9205b898690585817","cursor":null,"limit":null}}
<< {"jsonrpc":"2.0","id":6,"result":{"blobs":[{"id":"a2bdc120d2ab1449ba6411112cf84ef602f88a39411db8b9205b898690585817","size":15,"storedAt":"<time>"}]}}

// By position.
>> {"jsonrpc":"2.0","id":7,"method":"blobs.list","params":["a2bdc120d2ab1449ba6411112cf84ef602f88a39411db8b9205b898690585817"]}
<< {"jsonrpc":"2.0","id":7,"result":{"blobs":[{"id":"a2bdc120d2ab1449ba6411112cf84ef602f88a39411db8b9205b898690585817","size":15,"storedAt":"<time>"}]}}

// What was stored is taken away, so that this can be played again.
>> {"jsonrpc":"2.0","id":99,"method":"blobs.delete","params":{"ids":["a2bdc120d2ab1449ba6411112cf84ef602f88a39411db8b9205b898690585817"]}}
<< {"jsonrpc":"2.0","id":99,"result":{"results":[{"id":"a2bdc120d2ab1449ba6411112cf84ef602f88a39411db8b9205b898690585817","status":"deleted"}]}}
