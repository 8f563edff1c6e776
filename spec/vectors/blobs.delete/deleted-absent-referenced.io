// Results keep the order asked. Of an id that is there twice the first is deleted and the second absent; the empty blob stays.
>> {"jsonrpc":"2.0","id":1,"method":"blobs.put","params":{"data":"YmxvYnMuZGVsZXRlOiBvbmU="}}
<< {"jsonrpc":"2.0","id":1,"result":{"id":"ea5f6c1cd79acac01038b93391ffc67df56d1166f74725635c506f1fb544c761","size":17,"stored":true}}
>> {"jsonrpc":"2.0","id":2,"method":"blobs.delete","params":{"ids":["0000000000000000000000000000000000000000000000000000000000000000","ea5f6c1cd79acac01038b93391ffc67df56d1166f74725635c506f1fb544c761","e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855","ea5f6c1cd79acac01038b93391ffc67df56d1166f74725635c506f1fb544c761"]}}
<< {"jsonrpc":"2.0","id":2,"result":{"results":[{"id":"0000000000000000000000000000000000000000000000000000000000000000","status":"absent"},{"id":"ea5f6c1cd79acac01038b93391ffc67df56d1166f74725635c506f1fb544c761","status":"deleted"},{"id":"e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855","status":"referenced"},{"id":"ea5f6c1cd79acac01038b93391ffc67df56d1166f74725635c506f1fb544c761","status":"absent"}]}}
>> {"jsonrpc":"2.0","id":3,"method":"blobs.has","params":{"ids":["ea5f6c1cd79acac01038b93391ffc67df56d1166f74725635c506f1fb544c761","e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"]}}
<< {"jsonrpc":"2.0","id":3,"result":{"present":["e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"],"missing":["ea5f6c1cd79acac01038b93391ffc67df56d1166f74725635c506f1fb544c761"]}}
>> {"jsonrpc":"2.0","id":4,"method":"blobs.put","params":{"data":"YmxvYnMuZGVsZXRlOiBvbmU="}}
<< {"jsonrpc":"2.0","id":4,"result":{"id":"ea5f6c1cd79acac01038b93391ffc67df56d1166f74725635c506f1fb544c761","size":17,"stored":true}}
>> {"jsonrpc":"2.0","id":5,"method":"blobs.delete","params":[["ea5f6c1cd79acac01038b93391ffc67df56d1166f74725635c506f1fb544c761"],true]}
<< {"jsonrpc":"2.0","id":5,"result":{"results":[{"id":"ea5f6c1cd79acac01038b93391ffc67df56d1166f74725635c506f1fb544c761","status":"deleted"}]}}
