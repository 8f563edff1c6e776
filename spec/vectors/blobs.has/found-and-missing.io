// Both lists keep the order asked, and an id that is asked twice is answered twice.
>> {"jsonrpc":"2.0","id":1,"method":"blobs.put","params":{"data":"YmxvYnMuaGFzOiBoZXJl"}}
<< {"jsonrpc":"2.0","id":1,"result":{"id":"273befbdd4ca87c313da9b02387c99efafd24f4c4814928b5f5a9f9fe950efa9","size":15,"stored":true}}
>> {"jsonrpc":"2.0","id":2,"method":"blobs.has","params":{"ids":["0000000000000000000000000000000000000000000000000000000000000000","273befbdd4ca87c313da9b02387c99efafd24f4c4814928b5f5a9f9fe950efa9","e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855","273befbdd4ca87c313da9b02387c99efafd24f4c4814928b5f5a9f9fe950efa9","1111111111111111111111111111111111111111111111111111111111111111"]}}
<< {"jsonrpc":"2.0","id":2,"result":{"present":["273befbdd4ca87c313da9b02387c99efafd24f4c4814928b5f5a9f9fe950efa9","e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855","273befbdd4ca87c313da9b02387c99efafd24f4c4814928b5f5a9f9fe950efa9"],"missing":["0000000000000000000000000000000000000000000000000000000000000000","1111111111111111111111111111111111111111111111111111111111111111"]}}

// What was stored is taken away, so that this can be played again.
>> {"jsonrpc":"2.0","id":99,"method":"blobs.delete","params":{"ids":["273befbdd4ca87c313da9b02387c99efafd24f4c4814928b5f5a9f9fe950efa9"]}}
<< {"jsonrpc":"2.0","id":99,"result":{"results":[{"id":"273befbdd4ca87c313da9b02387c99efafd24f4c4814928b5f5a9f9fe950efa9","status":"deleted"}]}}
