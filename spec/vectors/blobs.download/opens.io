// A download knows how much it will move.
>> {"jsonrpc":"2.0","id":1,"method":"blobs.put","params":{"data":"YmxvYnMuZG93bmxvYWQ6IGhlcmU="}}
<< {"jsonrpc":"2.0","id":1,"result":{"id":"fcdb424fbba57af289ae75020537b918240ae6e7ce6dff202b90f926ba5683be","size":20,"stored":true}}
>> {"jsonrpc":"2.0","id":2,"method":"blobs.download","params":{"ids":["fcdb424fbba57af289ae75020537b918240ae6e7ce6dff202b90f926ba5683be","e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"]}}
<< {"jsonrpc":"2.0","id":2,"result":{"id":"<transfer=hex32>","kind":"download","state":"pending","method":"GET","url":"/transfers/<token>","createdAt":"<time>","expiresAt":"<time>","bytes":0,"totalBytes":20,"items":0,"totalItems":2}}
>> {"jsonrpc":"2.0","id":3,"method":"transfers.cancel","params":{"id":"<transfer>"}}
<< {"jsonrpc":"2.0","id":3,"result":{"id":"<transfer>","kind":"download","state":"cancelled","...":"<any>"}}
>> {"jsonrpc":"2.0","id":4,"method":"blobs.download","params":[["fcdb424fbba57af289ae75020537b918240ae6e7ce6dff202b90f926ba5683be"],"error"]}
<< {"jsonrpc":"2.0","id":4,"result":{"id":"<transfer=hex32>","kind":"download","state":"pending","method":"GET","url":"/transfers/<token>","createdAt":"<time>","expiresAt":"<time>","bytes":0,"totalBytes":20,"items":0,"totalItems":1}}
>> {"jsonrpc":"2.0","id":5,"method":"transfers.cancel","params":{"id":"<transfer>"}}
<< {"jsonrpc":"2.0","id":5,"result":{"id":"<transfer>","kind":"download","state":"cancelled","...":"<any>"}}

// What was stored is taken away, so that this can be played again.
>> {"jsonrpc":"2.0","id":99,"method":"blobs.delete","params":{"ids":["fcdb424fbba57af289ae75020537b918240ae6e7ce6dff202b90f926ba5683be"]}}
<< {"jsonrpc":"2.0","id":99,"result":{"results":[{"id":"fcdb424fbba57af289ae75020537b918240ae6e7ce6dff202b90f926ba5683be","status":"deleted"}]}}
