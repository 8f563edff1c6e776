// Figures of the moment.
>> {"jsonrpc":"2.0","id":1,"method":"server.status"}
<< {"jsonrpc":"2.0","id":1,"result":{"uptimeSeconds":"<integer>","connections":"<integer>","blobs":"<integer>","blobBytes":"<integer>","freeBytes":"<integer>","runningTransfers":"<integer>"}}
