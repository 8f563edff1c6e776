// What is here is read again and right; the rest is missing.
>> {"jsonrpc":"2.0","id":1,"method":"blobs.put","params":{"data":"YmxvYnMudmVyaWZ5OiBoZXJl"}}
<< {"jsonrpc":"2.0","id":1,"result":{"id":"b3c86e730be9025234230a55399292bf5f2d3c4ed2d58de3921e6d59bd8cc2f9","size":18,"stored":true}}
>> {"jsonrpc":"2.0","id":2,"method":"blobs.verify","params":{"ids":["0000000000000000000000000000000000000000000000000000000000000000","b3c86e730be9025234230a55399292bf5f2d3c4ed2d58de3921e6d59bd8cc2f9","e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"]}}
<< {"jsonrpc":"2.0","id":2,"result":{"ok":["b3c86e730be9025234230a55399292bf5f2d3c4ed2d58de3921e6d59bd8cc2f9","e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"],"missing":["0000000000000000000000000000000000000000000000000000000000000000"],"corrupt":[]}}
>> {"jsonrpc":"2.0","id":3,"method":"blobs.verify","params":[["b3c86e730be9025234230a55399292bf5f2d3c4ed2d58de3921e6d59bd8cc2f9"]]}
<< {"jsonrpc":"2.0","id":3,"result":{"ok":["b3c86e730be9025234230a55399292bf5f2d3c4ed2d58de3921e6d59bd8cc2f9"],"missing":[],"corrupt":[]}}

// What was stored is taken away, so that this can be played again.
>> {"jsonrpc":"2.0","id":99,"method":"blobs.delete","params":{"ids":["b3c86e730be9025234230a55399292bf5f2d3c4ed2d58de3921e6d59bd8cc2f9"]}}
<< {"jsonrpc":"2.0","id":99,"result":{"results":[{"id":"b3c86e730be9025234230a55399292bf5f2d3c4ed2d58de3921e6d59bd8cc2f9","status":"deleted"}]}}
