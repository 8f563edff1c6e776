// Size and time of what is here; the rest is missing.
>> {"jsonrpc":"2.0","id":1,"method":"blobs.put","params":{"data":"YmxvYnMuc3RhdDogaGVyZQ=="}}
<< {"jsonrpc":"2.0","id":1,"result":{"id":"ae7012adc14d8b51e3fa70082a8caf4c5cb7a54fb04088581b265f3fd02ac2f4","size":16,"stored":true}}
>> {"jsonrpc":"2.0","id":2,"method":"blobs.stat","params":{"ids":["0000000000000000000000000000000000000000000000000000000000000000","ae7012adc14d8b51e3fa70082a8caf4c5cb7a54fb04088581b265f3fd02ac2f4","e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"]}}
<< {"jsonrpc":"2.0","id":2,"result":{"blobs":[{"id":"ae7012adc14d8b51e3fa70082a8caf4c5cb7a54fb04088581b265f3fd02ac2f4","size":16,"storedAt":"<time>"},{"id":"e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855","size":0,"storedAt":"<time>"}],"missing":["0000000000000000000000000000000000000000000000000000000000000000"]}}

// By position.
>> {"jsonrpc":"2.0","id":3,"method":"blobs.stat","params":[["0000000000000000000000000000000000000000000000000000000000000000"]]}
<< {"jsonrpc":"2.0","id":3,"result":{"blobs":[],"missing":["0000000000000000000000000000000000000000000000000000000000000000"]}}

// What was stored is taken away, so that this can be played again.
>> {"jsonrpc":"2.0","id":99,"method":"blobs.delete","params":{"ids":["ae7012adc14d8b51e3fa70082a8caf4c5cb7a54fb04088581b265f3fd02ac2f4"]}}
<< {"jsonrpc":"2.0","id":99,"result":{"results":[{"id":"ae7012adc14d8b51e3fa70082a8caf4c5cb7a54fb04088581b265f3fd02ac2f4","status":"deleted"}]}}
