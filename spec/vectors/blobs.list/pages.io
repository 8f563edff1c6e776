// Pages follow one another by the cursor, which is absent on the last. Both blobs start with the same four digits.
>> {"jsonrpc":"2.0","id":1,"method":"blobs.put","params":{"data":"YmxvYnMubGlzdDogcGFnZSA0NzE="}}
<< {"jsonrpc":"2.0","id":1,"result":{"id":"722868a41c63df2a04028b7c71b8882247a6ae4192760f3c8cfa00682254cac6","size":20,"stored":true}}
>> {"jsonrpc":"2.0","id":2,"method":"blobs.put","params":{"data":"YmxvYnMubGlzdDogcGFnZSA0Nzk="}}
<< {"jsonrpc":"2.0","id":2,"result":{"id":"7228eda59f1d7da6d8df8b635eb28ad63d419b0ef4c7cdc3c712059e8ff66056","size":20,"stored":true}}
>> {"jsonrpc":"2.0","id":3,"method":"blobs.list","params":{"prefix":"7228","limit":1}}
<< {"jsonrpc":"2.0","id":3,"result":{"blobs":[{"id":"722868a41c63df2a04028b7c71b8882247a6ae4192760f3c8cfa00682254cac6","size":20,"storedAt":"<time>"}],"cursor":"<next=text>"}}
>> {"jsonrpc":"2.0","id":4,"method":"blobs.list","params":{"prefix":"7228","limit":2,"cursor":"<next>"}}
<< {"jsonrpc":"2.0","id":4,"result":{"blobs":[{"id":"7228eda59f1d7da6d8df8b635eb28ad63d419b0ef4c7cdc3c712059e8ff66056","size":20,"storedAt":"<time>"}]}}

// What was stored is taken away, so that this can be played again.
>> {"jsonrpc":"2.0","id":99,"method":"blobs.delete","params":{"ids":["722868a41c63df2a04028b7c71b8882247a6ae4192760f3c8cfa00682254cac6","7228eda59f1d7da6d8df8b635eb28ad63d419b0ef4c7cdc3c712059e8ff66056"]}}
<< {"jsonrpc":"2.0","id":99,"result":{"results":[{"id":"722868a41c63df2a04028b7c71b8882247a6ae4192760f3c8cfa00682254cac6","status":"deleted"},{"id":"7228eda59f1d7da6d8df8b635eb28ad63d419b0ef4c7cdc3c712059e8ff66056","status":"deleted"}]}}
